//! A hook command under whichever name it is called by, for agents whose own program has other things to do.

use std::process::ExitCode;

fn main() -> ExitCode {
    charm_testing::agent::hook_command_main()
}
