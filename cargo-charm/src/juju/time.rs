//! Times: the model's own, which follows this machine's clock here, and how Juju writes them.

use std::time::{Duration, SystemTime};

use anyhow::Result;
use charm_testing::model::{Model, Moment};

/// 2026-01-01T00:00:00Z, where every model's time starts, in seconds of Unix time.
const MODEL_START: Duration = Duration::from_secs(1_767_225_600);

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

pub(crate) fn unix_milliseconds() -> u64 {
    u64::try_from(since_epoch().as_millis()).unwrap_or(u64::MAX)
}

/// Moves the model's time on to this machine's and so much ahead. A clock that was set back moves nothing.
pub(crate) fn follow_the_clock(model: &mut Model, ahead: Duration) {
    let now = since_epoch().saturating_sub(MODEL_START).saturating_add(ahead);
    model.advance_to(Moment::default().after(now));
}

/// A length of time as it is typed for Juju: `5s`, `1h30m`; or in days.
pub(crate) fn duration(text: &str) -> Result<Duration> {
    humantime::parse_duration(text)
        .map_err(|_| anyhow::anyhow!("{text:?} is no length of time: write it like 5s, 10m or 1h30m"))
}

/// A moment in the parts that Juju's forms are made of: year, month, day, time of day.
fn parts(moment: Moment) -> [String; 4] {
    let text = moment.to_string();
    let (date, time) = text.split_once(' ').unwrap_or((&text, ""));
    let mut date = date.splitn(3, '-').map(str::to_owned);
    let mut next = || date.next().unwrap_or_default();
    [next(), next(), next(), time.trim_end_matches('Z').to_owned()]
}

/// As `juju status` says since when something holds: `01 Jan 2026 00:00:00Z`.
pub(crate) fn since(moment: Moment) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [year, month, day, time] = parts(moment);
    let month = month.parse().ok().and_then(|month: usize| MONTHS.get(month.wrapping_sub(1)));
    format!("{day} {} {year} {time}Z", month.unwrap_or(&"Jan"))
}

/// As Juju tells when secrets came and went: `2026-01-01T00:00:00Z`.
pub(crate) fn rfc3339(moment: Moment) -> String {
    moment.to_string().replacen(' ', "T", 1)
}

/// As Juju tells when operations began: `2026-01-01 00:00:00 +0000 UTC`.
pub(crate) fn of_operation(moment: Moment) -> String {
    moment.to_string().replacen('Z', " +0000 UTC", 1)
}

/// The time of day of a moment: `00:00:00Z`.
pub(crate) fn of_day(moment: Moment) -> String {
    format!("{}Z", parts(moment)[3])
}

/// The date of a moment: `2026-01-01`.
pub(crate) fn of_date(moment: Moment) -> String {
    let [year, month, day, _] = parts(moment);
    format!("{year}-{month}-{day}")
}

/// The moment of so many milliseconds of Unix time.
pub(crate) fn of_unix(milliseconds: u64) -> Moment {
    Moment::default().after(Duration::from_millis(milliseconds).saturating_sub(MODEL_START))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_juju_s_forms() {
        let moment = of_unix(1_767_225_600_000 + (31 * 86_400 + 3_661) * 1000);
        assert_eq!(since(moment), "01 Feb 2026 01:01:01Z");
        assert_eq!(rfc3339(moment), "2026-02-01T01:01:01Z");
        assert_eq!(of_operation(moment), "2026-02-01 01:01:01 +0000 UTC");
        assert_eq!(of_day(moment), "01:01:01Z");
        assert_eq!(of_date(moment), "2026-02-01");
    }
}
