//! x
pub(super) fn run<T>(_: &T) -> anyhow::Result<crate::exit::Exit> {
    anyhow::bail!("not merged")
}
