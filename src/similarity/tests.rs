//! Tests of the stage as a whole; the parts are tested beside their code.
