//! Whether a JSON schema of an action's parameter is one: draft 4, which is what Juju compiles.

use crate::field::Field;
use crate::yaml::Value;

/// What may stand behind a keyword.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Boolean,
    Number,
    Size,
    Types,
    Names,
    Values,
    Schema,
    SchemaOrBoolean,
    SchemaOrSchemas,
    Schemas,
    SchemaByName,
    NamesOrSchemaByName,
    Anything,
}

const KEYWORDS: &[(&str, Shape)] = &[
    ("additionalItems", Shape::SchemaOrBoolean),
    ("additionalProperties", Shape::SchemaOrBoolean),
    ("allOf", Shape::Schemas),
    ("anyOf", Shape::Schemas),
    ("default", Shape::Anything),
    ("definitions", Shape::SchemaByName),
    ("dependencies", Shape::NamesOrSchemaByName),
    ("description", Shape::Text),
    ("enum", Shape::Values),
    ("exclusiveMaximum", Shape::Boolean),
    ("exclusiveMinimum", Shape::Boolean),
    ("format", Shape::Text),
    ("id", Shape::Text),
    ("items", Shape::SchemaOrSchemas),
    ("maxItems", Shape::Size),
    ("maxLength", Shape::Size),
    ("maxProperties", Shape::Size),
    ("maximum", Shape::Number),
    ("minItems", Shape::Size),
    ("minLength", Shape::Size),
    ("minProperties", Shape::Size),
    ("minimum", Shape::Number),
    ("multipleOf", Shape::Number),
    ("not", Shape::Schema),
    ("oneOf", Shape::Schemas),
    ("pattern", Shape::Text),
    ("patternProperties", Shape::SchemaByName),
    ("properties", Shape::SchemaByName),
    ("required", Shape::Names),
    ("title", Shape::Text),
    ("type", Shape::Types),
    ("uniqueItems", Shape::Boolean),
];

/// The types of draft 4, and what people write instead.
const TYPES: &[(&str, &[&str])] = &[
    ("array", &["list"]),
    ("boolean", &["bool"]),
    ("integer", &["int"]),
    ("null", &["none"]),
    ("number", &["float", "double"]),
    ("object", &["dict", "map"]),
    ("string", &["str", "text"]),
];

/// Whether draft 4 gives the key a meaning.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.iter().any(|(keyword, _)| *keyword == name)
}

/// Checks a schema. Keys without a meaning are left alone: they are allowed.
pub(crate) fn check(field: &Field<'_>) {
    if field.is_map() {
        field.entries().iter().for_each(check_keyword);
    } else {
        let what = field.node().describe();
        field
            .complain(format!("a parameter is described by a map such as `{{type: string}}`, not by {what}"));
    }
}

/// Checks what stands behind one keyword of a schema.
pub(crate) fn check_keyword(field: &Field<'_>) {
    let Some((_, shape)) = KEYWORDS.iter().find(|(keyword, _)| *keyword == field.name()) else { return };
    let value = &field.node().value;
    match shape {
        Shape::Anything => {}
        Shape::Text => {
            field.text();
        }
        Shape::Boolean => expect(field, matches!(value, Value::Bool(_)), "true or false (draft 4)"),
        Shape::Number => {
            let positive = field.name() != "multipleOf"
                || matches!(value, Value::Int(1..))
                || matches!(value, Value::Float(f) if *f > 0.0);
            expect(
                field,
                matches!(value, Value::Int(_) | Value::Float(_)) && positive,
                if positive { "a number" } else { "a number above 0" },
            );
        }
        Shape::Size => expect(field, matches!(value, Value::Int(0..)), "a whole number, 0 or more"),
        Shape::Types => check_types(field),
        Shape::Names => check_names(field),
        Shape::Values => expect(
            field,
            matches!(value, Value::List(items) if !items.is_empty()),
            "a list with at least one value",
        ),
        Shape::Schema => check(field),
        Shape::SchemaOrBoolean => {
            if !matches!(value, Value::Bool(_)) {
                check(field);
            }
        }
        Shape::SchemaOrSchemas => match value {
            Value::List(_) => field.items().iter().for_each(check),
            _ => check(field),
        },
        Shape::Schemas => {
            expect(
                field,
                matches!(value, Value::List(items) if !items.is_empty()),
                "a list with at least one schema",
            );
            if matches!(value, Value::List(_)) {
                field.items().iter().for_each(check);
            }
        }
        Shape::SchemaByName => field.entries().iter().for_each(check),
        Shape::NamesOrSchemaByName => {
            for dependency in field.entries() {
                if matches!(dependency.node().value, Value::List(_)) {
                    check_names(&dependency);
                } else {
                    check(&dependency);
                }
            }
        }
    }
}

fn expect(field: &Field<'_>, holds: bool, what: &str) {
    if !holds {
        field.complain(format!("must be {what}, not {}", field.node().describe()));
    }
}

/// `required: true` at a parameter is draft 3 and the most frequent slip.
fn check_names(field: &Field<'_>) {
    if let Value::Bool(_) = field.node().value {
        field.complain(
            "must be a list of names; to require a parameter, list it in the action's own `required`",
        );
    } else {
        for name in field.items() {
            name.text();
        }
    }
}

fn check_types(field: &Field<'_>) {
    if matches!(field.node().value, Value::List(_)) {
        field.items().iter().for_each(check_type);
    } else {
        check_type(field);
    }
}

fn check_type(field: &Field<'_>) {
    let Some(written) = field.text() else { return };
    if TYPES.iter().any(|(name, _)| *name == written) {
        return;
    }
    let meant = TYPES.iter().find(|(_, slips)| slips.contains(&written.to_lowercase().as_str())).map_or_else(
        || crate::suggest::hint(&written, TYPES.iter().map(|(name, _)| *name)),
        |(name, _)| format!("; did you mean `{name}`?"),
    );
    let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
    field.complain(format!("{written:?} is no type of JSON schema, which has {}{meant}", names.join(", ")));
}
