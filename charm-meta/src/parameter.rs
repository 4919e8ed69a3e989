//! The parameters of an action, as types: what its JSON schema says of their form.
//!
//! A schema says more than a type can: lengths, patterns, alternatives. Juju checks all of it before the action runs,
//! so what has no form here is [`ParameterType::Any`].

use serde_json::{Map, Value as Json};

use crate::action::Action;

/// Parameters that belong together: an action's own, or those of an object among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// In the order of their names.
    pub declared: Vec<Parameter>,
    /// What the schema says of others.
    pub others: Others,
}

/// What becomes of parameters that are not declared.
#[derive(Debug, Clone, PartialEq)]
pub enum Others {
    /// The schema says nothing, or too much for a type. Juju 3 lets them through and Juju 4 doesn't.
    Ignored,
    /// `additionalProperties: false`.
    Refused,
    /// `additionalProperties: true`, or a schema that each of them fits.
    Kept(Box<ParameterType>),
}

/// One parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// For people.
    pub description: Option<String>,
    /// Its form.
    pub kind: ParameterType,
    /// Whether it must be given.
    pub required: bool,
    /// What it is where it is not given. A null is no default.
    pub default: Option<Json>,
}

/// The form of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterType {
    /// `type: string`.
    String,
    /// `type: integer`.
    Integer,
    /// `type: number`.
    Number,
    /// `type: boolean`.
    Boolean,
    /// An `enum` of strings.
    Choice(Vec<String>),
    /// `type: array` with one schema for all `items`, or none.
    List(Box<ParameterType>),
    /// `type: object` with `properties`.
    Object(Parameters),
    /// `type: object` without `properties`.
    Map(Box<ParameterType>),
    /// `type: [.., "null"]`.
    Nullable(Box<ParameterType>),
    /// Several types, or none.
    Any,
}

impl Action {
    /// The parameters as types.
    pub fn parameters(&self) -> Parameters {
        let additional =
            self.additional_properties.map(Json::Bool).or_else(|| self.constraints.get(ADDITIONAL).cloned());
        let has_patterns = self.constraints.contains_key(PATTERNS);
        Parameters::read(&self.params, &self.required, additional.as_ref(), has_patterns)
    }
}

const ADDITIONAL: &str = "additionalProperties";
const PATTERNS: &str = "patternProperties";

impl Parameters {
    fn read(
        declared: &Map<String, Json>,
        required: &[String],
        additional: Option<&Json>,
        has_patterns: bool,
    ) -> Self {
        let declared = declared.iter().map(|(name, schema)| Parameter {
            name: name.clone(),
            description: schema.get("description").and_then(Json::as_str).map(str::to_owned),
            kind: ParameterType::of(schema),
            required: required.contains(name),
            default: schema.get("default").filter(|default| !default.is_null()).cloned(),
        });
        let others = match additional {
            // Which of the others are refused depends on their names.
            _ if has_patterns => Others::Ignored,
            Some(Json::Bool(false)) => Others::Refused,
            Some(Json::Bool(true)) => Others::Kept(Box::new(ParameterType::Any)),
            Some(schema) => Others::Kept(Box::new(ParameterType::of(schema))),
            None => Others::Ignored,
        };
        Self { declared: declared.collect(), others }
    }

    /// Whether there is nothing to be had: no parameter, and no others that are kept.
    pub fn is_empty(&self) -> bool {
        self.declared.is_empty() && !matches!(self.others, Others::Kept(_))
    }

    /// Every default in here that its own type refuses, with the path of its parameter.
    pub fn wrong_defaults(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for parameter in &self.declared {
            if parameter.default.as_ref().is_some_and(|default| !parameter.kind.fits(default)) {
                wrong.push(parameter.name.clone());
            }
            if let Some(inner) = parameter.kind.object() {
                wrong.extend(inner.wrong_defaults().iter().map(|path| format!("{}.{path}", parameter.name)));
            }
        }
        wrong
    }
}

impl ParameterType {
    fn of(schema: &Json) -> Self {
        let of_key = |key: &str| schema.get(key).filter(|schema| schema.is_object()).map(Self::of);
        let kind = match schema.get("type") {
            Some(Json::String(kind)) => kind.as_str(),
            Some(Json::Array(kinds)) => return Self::of_several(schema, kinds),
            _ if schema.get("properties").is_some() => "object",
            _ => "",
        };
        match kind {
            "string" | "" if choices(schema).is_some() => choices(schema).map_or(Self::Any, Self::Choice),
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "array" => Self::List(Box::new(of_key("items").unwrap_or(Self::Any))),
            "object" => match schema.get("properties").and_then(Json::as_object) {
                Some(properties) if !properties.is_empty() => {
                    let names = schema.get("required").and_then(Json::as_array).into_iter().flatten();
                    let required: Vec<String> = names.filter_map(Json::as_str).map(str::to_owned).collect();
                    let has_patterns = schema.get(PATTERNS).is_some();
                    Self::Object(Parameters::read(
                        properties,
                        &required,
                        schema.get(ADDITIONAL),
                        has_patterns,
                    ))
                }
                _ => Self::Map(Box::new(of_key(ADDITIONAL).unwrap_or(Self::Any))),
            },
            _ => Self::Any,
        }
    }

    /// Of several types only null can be told from the other.
    fn of_several(schema: &Json, kinds: &[Json]) -> Self {
        let others: Vec<&Json> = kinds.iter().filter(|kind| *kind != "null").collect();
        let Some(one) = others.first().filter(|_| others.len() == 1) else { return Self::Any };
        let mut schema = schema.clone();
        schema["type"] = (*one).clone();
        if let Some(values) = schema.get_mut("enum").and_then(Json::as_array_mut) {
            values.retain(|value| !value.is_null());
        }
        let kind = Self::of(&schema);
        if kinds.len() == 1 { kind } else { Self::Nullable(Box::new(kind)) }
    }

    /// The parameters of an object, also of one that stands in a list, a map, or may be null.
    pub fn object(&self) -> Option<&Parameters> {
        match self {
            Self::Object(parameters) => Some(parameters),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.object(),
            _ => None,
        }
    }

    /// The values of a choice, also of one that stands in a list, a map, or may be null.
    pub fn choice(&self) -> Option<&[String]> {
        match self {
            Self::Choice(values) => Some(values),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.choice(),
            _ => None,
        }
    }

    /// Whether a value has this form.
    pub fn fits(&self, value: &Json) -> bool {
        match self {
            Self::Any => true,
            Self::String => value.is_string(),
            Self::Boolean => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Integer => is_whole(value),
            Self::Choice(values) => values.iter().any(|known| value == known),
            Self::Nullable(inner) => value.is_null() || inner.fits(value),
            Self::List(inner) => {
                value.as_array().is_some_and(|items| items.iter().all(|item| inner.fits(item)))
            }
            Self::Map(inner) => {
                value.as_object().is_some_and(|entries| entries.values().all(|value| inner.fits(value)))
            }
            Self::Object(parameters) => value.as_object().is_some_and(|given| parameters.fit(given)),
        }
    }
}

impl Parameters {
    fn fit(&self, given: &Map<String, Json>) -> bool {
        let is_declared = |name: &String| self.declared.iter().any(|parameter| parameter.name == *name);
        let mut others = given.iter().filter(|(name, _)| !is_declared(name));
        let others_fit = match &self.others {
            Others::Ignored => true,
            Others::Refused => others.next().is_none(),
            Others::Kept(kind) => others.all(|(_, value)| kind.fits(value)),
        };
        others_fit
            && self.declared.iter().all(|parameter| match given.get(&parameter.name) {
                Some(value) => parameter.kind.fits(value),
                None => !parameter.required || parameter.default.is_some(),
            })
    }
}

/// The values of an `enum` of strings that Rust can name: each has a letter or a digit.
fn choices(schema: &Json) -> Option<Vec<String>> {
    let is_nameable = |text: &&str| text.is_empty() || text.contains(|c: char| c.is_ascii_alphanumeric());
    let texts = schema.get("enum")?.as_array()?.iter().map(|value| value.as_str().filter(is_nameable));
    let mut values: Vec<String> = Vec::new();
    for text in texts {
        let text = text?.to_owned();
        if !values.contains(&text) {
            values.push(text);
        }
    }
    Some(values).filter(|values| !values.is_empty())
}

/// For JSON schema 8.0 is no integer, but Juju hands every number on as a float.
fn is_whole(value: &Json) -> bool {
    value.is_i64() || value.as_f64().is_some_and(|float| float.fract() == 0.0 && float.abs() < 9.2e18)
}
