//! Arguments in, exit code out.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = fimi::cli::Cli::parse();
    match fimi::commands::run(cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let exit = fimi::exit::of_error(&error);
            if exit != fimi::exit::Exit::Done {
                let style = anstyle::AnsiColor::Red.on_default().bold();
                // With a closed stderr there is nobody left to tell.
                let text = fimi::exit::printable(&format!("{error:#}"));
                let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {text}");
            }
            exit.into()
        }
    }
}
