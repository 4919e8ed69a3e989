//! The hook commands of the local Juju, for charms that it runs in this package's tests.

fn main() -> std::process::ExitCode {
    charm_testing::agent::hook_command_main()
}
