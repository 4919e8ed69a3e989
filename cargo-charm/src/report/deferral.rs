//! Deferred events, as charms tell of them in the log. Juju knows nothing of deferrals, so what they say is all there
//! is: charms of this project say when an event is deferred and what became of it, and so do those of ops at the level
//! DEBUG, which a local model keeps.

use serde::Serialize;

/// An event that a handler put off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Deferral {
    pub(super) unit: String,
    /// The event, as the charm calls it.
    pub(super) event: String,
    /// The handler; empty where the charm doesn't name it.
    pub(super) handler: String,
    /// Why, if the charm says so.
    pub(super) reason: String,
    /// The run that deferred it.
    pub(super) from: usize,
    /// The run in which it ended, if it has.
    pub(super) to: Option<usize>,
    /// How it ended.
    pub(super) end: Ending,
}

/// What became of a deferred event.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Ending {
    Waiting,
    Handled,
    /// What it was about is gone.
    Dropped,
    /// A dead letter.
    GivenUp,
}

/// What one line says.
#[derive(Debug, PartialEq)]
enum Word<'a> {
    Deferred { event: &'a str, handler: &'a str, reason: &'a str },
    Ended { event: &'a str, handler: &'a str, end: Ending },
}

/// The deferrals of a whole run.
#[derive(Debug, Default)]
pub(super) struct Deferrals(Vec<Deferral>);

impl Deferrals {
    /// Takes in what the charm of `unit` has logged in a run that ended well. Of one that failed nothing counts: it is
    /// as if it had not been, for the charm's own state too.
    pub(super) fn take_in<'a>(&mut self, unit: &str, run: usize, messages: impl Iterator<Item = &'a str>) {
        // Neighbouring lines share a call of juju-log.
        for word in messages.flat_map(str::lines).filter_map(word) {
            match word {
                Word::Deferred { event, handler, reason } => {
                    let known = |other: &Deferral| {
                        handler.is_empty() && other.from == run && other.unit == unit && other.event == event
                    };
                    // Each of several observers of one event says so.
                    if !self.0.iter().any(known) {
                        let [unit, event, handler, reason] =
                            [unit, event, handler, reason].map(str::to_owned);
                        let end = Ending::Waiting;
                        self.0.push(Deferral { unit, event, handler, reason, from: run, to: None, end });
                    }
                }
                Word::Ended { event, handler, end } => {
                    let waiting = self.0.iter_mut().find(|other| {
                        let same = other.unit == unit && other.event == event && other.handler == handler;
                        same && other.end == Ending::Waiting && other.from != run
                    });
                    if let Some(waiting) = waiting {
                        (waiting.to, waiting.end) = (Some(run), end);
                    }
                }
            }
        }
    }

    pub(super) fn all(self) -> Vec<Deferral> {
        self.0
    }
}

/// What a line of the log says of a deferral.
fn word(line: &str) -> Option<Word<'_>> {
    let line = without_relation(line);
    // Charms of ops.
    if let Some(event) = line.strip_prefix("Deferring <").and_then(|rest| rest.strip_suffix(">.")) {
        return Some(Word::Deferred { event, handler: "", reason: "" });
    }
    let again = line.strip_prefix("Re-emitting deferred event <").and_then(|rest| rest.strip_suffix(">."));
    if let Some(event) = again {
        return Some(Word::Ended { event, handler: "", end: Ending::Handled });
    }
    // Charms of this project.
    let ended = [("handled deferred ", Ending::Handled), ("dropped deferred ", Ending::Dropped)];
    for (start, end) in ended {
        if let Some((event, handler, _)) = line.strip_prefix(start).and_then(subject) {
            return Some(Word::Ended { event, handler, end });
        }
    }
    let (event, handler, rest) = line.strip_prefix("deferred ").and_then(subject)?;
    if rest.starts_with(" is given up: ") {
        return Some(Word::Ended { event, handler, end: Ending::GivenUp });
    }
    Some(Word::Deferred { event, handler, reason: rest.strip_prefix(": ")? })
}

/// Takes apart "start for `handler`" and what follows.
fn subject(text: &str) -> Option<(&str, &str, &str)> {
    let (event, rest) = text.split_once(" for `")?;
    let (handler, rest) = rest.split_once('`')?;
    Some((event, handler, rest))
}

/// Takes off what Juju puts before a message in a relation's hook: `db:7: `.
fn without_relation(line: &str) -> &str {
    let is_key = |key: &str| {
        key.rsplit_once(':').is_some_and(|(endpoint, id)| {
            !endpoint.contains(' ') && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    line.split_once(": ").filter(|(key, _)| is_key(key)).map_or(line, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(runs: &[(usize, &str)]) -> Vec<(usize, Option<usize>, Ending)> {
        let mut deferrals = Deferrals::default();
        for (run, message) in runs {
            deferrals.take_in("a/0", *run, [*message].into_iter());
        }
        deferrals.all().iter().map(|deferral| (deferral.from, deferral.to, deferral.end)).collect()
    }

    #[test]
    fn a_rust_charm_tells_beginning_and_end() {
        let deferred = "db:7: first line\ndeferred start for `begin`: not yet";
        assert_eq!(of(&[(1, deferred)]), [(1, None, Ending::Waiting)]);
        assert_eq!(
            of(&[(1, deferred), (4, "handled deferred start for `begin`")]),
            [(1, Some(4), Ending::Handled)]
        );
        let dropped = "web:1: dropped deferred start for `begin`: relation web:1 is gone";
        assert_eq!(of(&[(1, deferred), (2, dropped)]), [(1, Some(2), Ending::Dropped)]);
        let buried = "deferred start for `begin` is given up: failed 6 times; `./dispatch queue` shows it";
        assert_eq!(of(&[(1, deferred), (3, buried)]), [(1, Some(3), Ending::GivenUp)]);
    }

    #[test]
    fn of_equal_ones_the_oldest_ends_first() {
        let deferred = "deferred db-relation-changed for `db`: later";
        let handled = "handled deferred db-relation-changed for `db`";
        let two = of(&[(1, deferred), (2, deferred), (3, handled)]);
        assert_eq!(two, [(1, Some(3), Ending::Handled), (2, None, Ending::Waiting)]);
    }

    #[test]
    fn a_charm_of_ops_may_defer_again() {
        let event = "<StartEvent via Web/on/start[3]>.";
        let (deferring, again) =
            (format!("Deferring {event}"), format!("Re-emitting deferred event {event}"));
        let both = format!("{again}\n{deferring}\n{deferring}");
        let told = of(&[(1, &deferring), (2, &both), (3, &again)]);
        assert_eq!(told, [(1, Some(2), Ending::Handled), (2, Some(3), Ending::Handled)]);
    }

    #[test]
    fn other_lines_say_nothing() {
        for line in
            ["", "deferred", "deferred x", "deferred x for `y", "Deferring <", "a: b: deferred x for `y`: z"]
        {
            assert_eq!(word(line), None, "{line}");
        }
    }
}
