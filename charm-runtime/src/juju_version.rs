//! Juju's version, and what it can do.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::environment::Environment;
use crate::error::Error;

/// A version of Juju: `3.6.11`, `4.0-beta2`, `2.9.42.1`.
///
/// A pre-release comes before the release. The methods name what Juju can do since which version, so that a charm asks
/// for a feature and not for a number.
///
/// ```
/// use charm_runtime::JujuVersion;
///
/// let version: JujuVersion = "3.6.11".parse()?;
/// assert!(version >= JujuVersion::new(3, 6, 4) && version.supports_secrets());
/// assert!("4.0-beta2".parse::<JujuVersion>()? < JujuVersion::new(4, 0, 0));
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JujuVersion {
    major: u32,
    minor: u32,
    /// `beta` of `4.0-beta2`, whose patch is 2.
    tag: Option<String>,
    patch: u32,
    build: u32,
}

impl JujuVersion {
    /// A release.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, tag: None, patch, build: 0 }
    }

    #[track_caller]
    pub(crate) fn of(environment: &Environment) -> Result<Self, Error> {
        const NAME: &str = "JUJU_VERSION";
        let version = environment.require(NAME)?;
        match Self::parse(version) {
            Some(version) => Ok(version),
            None => Err(Error::environment(NAME, format!("`{version}` is no version, such as `3.6.11`"))),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (major, rest) = text.split_once('.')?;
        // `6.11`, `6.11.1`, `0-beta2`, `0-beta2.1`
        let end_of_minor = rest.find(['.', '-']).unwrap_or(rest.len());
        let (minor, rest) = rest.split_at(end_of_minor);
        let (tag, rest) = match rest.strip_prefix('-') {
            Some(rest) => {
                let (tag, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_lowercase())?);
                (Some(tag), rest)
            }
            None if rest.is_empty() => (None, "0"),
            None => (None, rest.strip_prefix('.')?),
        };
        let (patch, build) = rest.split_once('.').unwrap_or((rest, "0"));
        let number = |text: &str| -> Option<u32> {
            // `parse` alone takes a sign.
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        };
        Some(Self {
            major: number(major)?,
            minor: number(minor)?,
            tag: match tag {
                Some("") => return None,
                tag => tag.map(str::to_owned),
            },
            patch: number(patch)?,
            build: number(build)?,
        })
    }

    /// The first number.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The second number.
    pub fn minor(&self) -> u32 {
        self.minor
    }

    /// The third number; of a pre-release its own.
    pub fn patch(&self) -> u32 {
        self.patch
    }

    /// Secrets: from 3.0.3.
    pub fn supports_secrets(&self) -> bool {
        *self >= Self::new(3, 0, 3)
    }

    /// Options of the type `secret`, and secrets that operators add: from 3.4.
    pub fn supports_user_secrets(&self) -> bool {
        *self >= Self::new(3, 4, 0)
    }

    /// Opening ports on Kubernetes: from 3.0.3.
    pub fn supports_ports_on_kubernetes(&self) -> bool {
        *self >= Self::new(3, 0, 3)
    }

    /// Commands in a container run in the context of a service: from 3.1.6, but for 3.2.0.
    pub fn supports_exec_in_service_context(&self) -> bool {
        *self >= Self::new(3, 1, 6) && *self != Self::new(3, 2, 0)
    }

    /// Pebble forwards logs: from 3.4.
    pub fn supports_pebble_log_forwarding(&self) -> bool {
        *self >= Self::new(3, 4, 0)
    }

    /// Events of Pebble's checks: from 3.6.
    pub fn supports_pebble_check_events(&self) -> bool {
        *self >= Self::new(3, 6, 0)
    }

    /// The model of a relation's other side (`relation-model-get`): from 3.6.2.
    pub fn supports_relation_models(&self) -> bool {
        *self >= Self::new(3, 6, 2)
    }

    /// Pebble's identities and metrics: from 3.6.4.
    pub fn supports_pebble_identities(&self) -> bool {
        *self >= Self::new(3, 6, 4)
    }

    /// State that the controller keeps for the unit (`state-get`): from 2.8.
    pub fn supports_controller_state(&self) -> bool {
        *self >= Self::new(2, 8, 0)
    }

    /// Leader settings, payloads and pod specs, with their hook commands: until 4.0.
    pub fn supports_what_juju_4_removed(&self) -> bool {
        self.major < 4
    }
}

impl Ord for JujuVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        // A release comes after all its pre-releases, and those are sorted as words: alpha, beta, rc.
        let tags = match (&self.tag, &other.tag) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => one.cmp(other),
        };
        (self.major, self.minor)
            .cmp(&(other.major, other.minor))
            .then(tags)
            .then((self.patch, self.build).cmp(&(other.patch, other.build)))
    }
}

impl PartialOrd for JujuVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for JujuVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, tag, patch, build } = self;
        match tag {
            Some(tag) => write!(f, "{major}.{minor}-{tag}{patch}")?,
            None => write!(f, "{major}.{minor}.{patch}")?,
        }
        if *build > 0 {
            write!(f, ".{build}")?;
        }
        Ok(())
    }
}

impl FromStr for JujuVersion {
    type Err = Error;

    #[track_caller]
    fn from_str(text: &str) -> Result<Self, Error> {
        match Self::parse(text) {
            Some(version) => Ok(version),
            None => {
                Err(Error::invalid(format!("version {text:?}"), "Juju's are like `3.6.11` or `4.0-beta2`"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> JujuVersion {
        text.parse().unwrap()
    }

    #[test]
    fn versions_are_written_as_they_are_read() {
        for text in ["3.6.11", "4.0-beta2", "2.9.42.1", "4.0-rc1.3", "0.0.0"] {
            assert_eq!(version(text).to_string(), text);
        }
        assert_eq!(version("4.0"), JujuVersion::new(4, 0, 0));
        for bad in [
            "",
            "3",
            "3.",
            "3.x",
            "3.6.",
            "3.6.1.2.3",
            "4.0-",
            "4.0-2",
            "4.0-beta",
            "3.6.+1",
            "99999999999.0",
            "3.6.1-beta1",
        ] {
            assert!(bad.parse::<JujuVersion>().is_err(), "{bad}");
        }
    }

    #[test]
    fn they_are_in_the_order_of_their_releases() {
        let sorted = [
            "2.9.42",
            "2.9.42.1",
            "3.6.9",
            "3.6.11",
            "4.0-alpha3",
            "4.0-beta2",
            "4.0-beta10",
            "4.0-rc1",
            "4.0.0",
            "4.1-beta1",
            "4.1.0",
        ];
        for pair in sorted.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn features_come_with_versions() {
        assert!(!version("3.0.2").supports_secrets() && version("3.0.3").supports_secrets());
        assert!(!version("3.2.0").supports_exec_in_service_context());
        assert!(version("3.1.6").supports_exec_in_service_context());
        assert!(version("3.6.2").supports_relation_models() && !version("3.6.1").supports_relation_models());
        assert!(version("3.6.28").supports_what_juju_4_removed());
        assert!(!version("4.0-beta2").supports_what_juju_4_removed());
    }

    #[test]
    fn the_environment_names_it() {
        let of = |value: &str| JujuVersion::of(&[("JUJU_VERSION", value)].into_iter().collect());
        assert_eq!(of("3.6.11").unwrap(), JujuVersion::new(3, 6, 11));
        for bad in ["", "new"] {
            assert!(of(bad).unwrap_err().to_string().contains("JUJU_VERSION"));
        }
    }
}
