//! The queue of deferred events, and the dead letters, as records of the store.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Error;
use crate::event::Payload;
use crate::stored::Records;

/// An event that waits for one handler.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The event's name as Juju dispatches it.
    pub(crate) event: String,
    /// The handler's stable id.
    pub(crate) handler: String,
    /// The payload, undecoded: an entry that a newer revision can't read must still be shown and kept.
    pub(crate) payload: Value,
    /// Why the handler deferred it.
    pub(crate) reason: String,
    /// Why it was given up: it is a dead letter, which is not tried again until an operator says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) cause: Option<String>,
}

impl Entry {
    pub(crate) fn new(event: &str, handler: &str, payload: &Payload, reason: &str) -> Result<Self, Error> {
        let payload = serde_json::to_value(payload).map_err(|error| {
            Error::invalid(format!("event `{event}`"), format!("it can't be kept: {error}"))
        })?;
        Ok(Self {
            event: event.to_owned(),
            handler: handler.to_owned(),
            payload,
            reason: reason.to_owned(),
            cause: None,
        })
    }

    /// Stands for a record that can't be read, so that it is given up like any other and holds up nobody.
    fn unreadable(record: &[u8]) -> Self {
        Self {
            event: "(unreadable)".to_owned(),
            handler: "(unreadable)".to_owned(),
            payload: Value::String(String::from_utf8_lossy(record).into_owned()),
            reason: UNREADABLE.to_owned(),
            cause: Some(UNREADABLE.to_owned()),
        }
    }

    pub(crate) fn decode(&self) -> Result<Payload, String> {
        Payload::of_kept(&self.payload)
    }

    /// Why it was given up, to be shown.
    pub(crate) fn cause(&self) -> &str {
        self.cause.as_deref().unwrap_or_default()
    }
}

const QUEUE: &str = "queue/";
const DEAD: &str = "dead/";
const UNREADABLE: &str = "its record can't be read";
const NEXT: &[u8] = b"queue-next";

fn key(kind: &str, id: u64) -> Vec<u8> {
    format!("{kind}{id:016x}").into_bytes()
}

fn scan(records: &Records, kind: &str) -> Result<Vec<(u64, Entry)>, Error> {
    let mut found = Vec::new();
    for (key, record) in records.scan(kind.as_bytes())? {
        let id = std::str::from_utf8(&key[kind.len()..]).ok().and_then(|id| u64::from_str_radix(id, 16).ok());
        let Some(id) = id else { continue };
        found.push((id, serde_json::from_slice(&record).unwrap_or_else(|_| Entry::unreadable(&record))));
    }
    Ok(found)
}

fn put(records: &Records, kind: &str, id: u64, entry: &Entry) -> Result<(), Error> {
    let bytes = serde_json::to_vec(entry).map_err(|error| {
        Error::invalid(format!("deferred event {id}"), format!("it can't be kept: {error}"))
    })?;
    records.put(&key(kind, id), bytes)
}

/// The waiting entries, in order.
pub(crate) fn entries(records: &Records) -> Result<Vec<(u64, Entry)>, Error> {
    scan(records, QUEUE)
}

/// The dead letters, in order.
pub(crate) fn dead_letters(records: &Records) -> Result<Vec<(u64, Entry)>, Error> {
    scan(records, DEAD)
}

/// Whether anything waits or is dead: then the marker must stand.
pub(crate) fn is_empty(records: &Records) -> Result<bool, Error> {
    Ok(records.scan(QUEUE.as_bytes())?.is_empty() && records.scan(DEAD.as_bytes())?.is_empty())
}

/// Puts an entry at the end, unless its equal waits already.
pub(crate) fn push(records: &Records, entry: &Entry) -> Result<(), Error> {
    let is_equal = |other: &Entry| {
        other.event == entry.event && other.handler == entry.handler && other.payload == entry.payload
    };
    if entries(records)?.iter().any(|(_, other)| is_equal(other)) {
        return Ok(());
    }
    let kept = records.get(NEXT)?.and_then(|next| std::str::from_utf8(&next).ok()?.parse().ok());
    // Ids are never used twice, so that attempts counted outside the store can't meet the wrong entry.
    let next = match kept {
        Some(next) => next,
        None => 1 + highest(records)?,
    };
    records.put(NEXT, format!("{}", next + 1).into_bytes())?;
    put(records, QUEUE, next, entry)
}

/// The highest id in use, 0 for none.
fn highest(records: &Records) -> Result<u64, Error> {
    let waiting = entries(records)?.last().map(|(id, _)| *id);
    let dead = dead_letters(records)?.last().map(|(id, _)| *id);
    Ok(waiting.max(dead).unwrap_or(0))
}

/// Rewrites an entry in its place.
pub(crate) fn update(records: &Records, id: u64, entry: &Entry) -> Result<(), Error> {
    put(records, QUEUE, id, entry)
}

/// Removes a waiting entry.
pub(crate) fn remove(records: &Records, id: u64) -> Result<(), Error> {
    records.delete(&key(QUEUE, id))
}

/// Makes a waiting entry a dead letter.
pub(crate) fn bury(records: &Records, id: u64, entry: &Entry, cause: &str) -> Result<(), Error> {
    remove(records, id)?;
    put(records, DEAD, id, &Entry { cause: Some(cause.to_owned()), ..entry.clone() })
}

/// Makes a dead letter a waiting entry again, in its old place; `false` where there is none.
pub(crate) fn retry(records: &Records, id: u64) -> Result<bool, Error> {
    let Some((_, letter)) = dead_letters(records)?.into_iter().find(|(dead, _)| *dead == id) else {
        return Ok(false);
    };
    records.delete(&key(DEAD, id))?;
    put(records, QUEUE, id, &Entry { cause: None, ..letter })?;
    Ok(true)
}

/// Removes an entry, waiting or dead, readable or not; `false` where there is none.
pub(crate) fn discard(records: &Records, id: u64) -> Result<bool, Error> {
    let mut is_found = false;
    for key in [key(QUEUE, id), key(DEAD, id)] {
        is_found |= records.get(&key)?.is_some();
        records.delete(&key)?;
    }
    Ok(is_found)
}
