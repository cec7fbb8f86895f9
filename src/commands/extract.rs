//! x
pub(super) fn run<T>(_: &crate::commands::Context, _: &T) -> anyhow::Result<crate::exit::Exit> {
    anyhow::bail!("not merged")
}
