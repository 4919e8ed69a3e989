//! A charm whose handlers are `async fn`.

use std::time::Duration;

use charm_runtime::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The charm.
#[charm]
#[derive(Default, Debug)]
pub struct Waiter {
    count: Stored<u32>,
    /// No state: what one handler leaves for the next of the same dispatch.
    listener: Option<TcpListener>,
}

#[charm]
impl Waiter {
    /// Opens what the next handler waits on: both run on one runtime, or the listener would be dead by then.
    #[on(config_changed)]
    async fn listen(&mut self, unit: &Unit) -> Result<()> {
        info!("{} listens", unit.name()?);
        self.listener = Some(TcpListener::bind("127.0.0.1:0").await?);
        *self.count.get_mut()? += 1;
        Ok(())
    }

    /// Speaks to itself.
    #[on(config_changed)]
    async fn speak(&mut self, config: &Config, leader: Option<Leader<'_>>) -> Result<Outcome> {
        let listener = self.listener.as_ref().context("nobody listens")?;
        let mut there = TcpStream::connect(listener.local_addr()?).await?;
        let (mut here, _) = listener.accept().await?;
        there.write_all(config.greeting.as_bytes()).await?;
        drop(there);
        let mut heard = String::new();
        here.read_to_string(&mut heard).await?;
        tokio::time::sleep(Duration::from_millis(1)).await;
        *self.count.get_mut()? += 1;
        info!("heard {heard}, leader: {}", leader.is_some());
        Ok(if heard == "later" { Outcome::defer("it said so") } else { Outcome::done() })
    }

    /// Stores, waits, and does what its deferral's reason is.
    #[on(start)]
    async fn start(&mut self, config: &Config, juju: &Juju) -> Result<Outcome> {
        *self.count.get_mut()? += 10;
        yielded().await;
        end(&config.greeting, juju).await
    }

    #[on(action = "ask")]
    async fn ask(&mut self, action: Action<action::Ask>, config: &Config, juju: &Juju) -> Result<()> {
        *self.count.get_mut()? += 100;
        action.set_result("asked", "yes")?;
        yielded().await;
        end(&config.greeting, juju).await.map(drop)
    }

    /// Not `async`: what a dispatch of it makes of tokio is nothing.
    #[on(install)]
    fn install(&mut self) -> Result<()> {
        info!("{} in use", pollers()?);
        Ok(())
    }

    #[on(update_status)]
    async fn update_status(&self) -> Result<()> {
        yielded().await;
        info!("{} in use", pollers()?);
        Ok(())
    }

    #[on(any)]
    async fn any(&mut self, cause: &Cause) {
        yielded().await;
        info!("any after {cause:?}");
    }

    #[status]
    async fn status(&self) -> Result<Status> {
        yielded().await;
        Ok(Status::active(format!("counted {}", self.count.get()?)))
    }
}

/// How a handler ends, by this option.
async fn end(how: &str, juju: &Juju) -> Result<Outcome> {
    yielded().await;
    match how {
        "later" => return Ok(Outcome::defer("not yet")),
        "blocked" => None::<()>.or_blocked("say when")?,
        "failed" => return Err(ActionFailed::new("no answer").into()),
        "wrong" => drop(juju.hook_command(&charm_runtime::hook_command::HookCommand::new("goal-state"))?), // fails
        #[allow(clippy::panic)] // what happens then is what is tested
        "panic" => panic!("no idea"),
        _ => {}
    }
    Ok(Outcome::done())
}

/// Pending once.
async fn yielded() {
    tokio::task::yield_now().await;
}

/// How many of this process's files are what a runtime of tokio waits with.
fn pollers() -> Result<usize> {
    let mut count = 0;
    for file in std::fs::read_dir("/proc/self/fd")? {
        // The one that lists the directory is gone by then.
        let name = std::fs::read_link(file?.path()).unwrap_or_default();
        count += usize::from(name.to_string_lossy().contains("eventpoll"));
    }
    Ok(count)
}
