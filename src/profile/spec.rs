//! A profile as it is typed: `car`, `truck:height=4.2,weight=18`, or with a
//! name of one's own, `lorry=truck:height=4.2`.

use std::str::FromStr;

use thiserror::Error;

use super::{Profile, ProfileKind, dimension::Property};

/// The longest name of a profile, in bytes.
const LONGEST_NAME: usize = 100;

/// Why a text is no profile.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// There are no rules for such a vehicle.
    #[error("there is no profile {kind:?}; there are: {}", known_kinds())]
    UnknownKind {
        /// What was asked for.
        kind: String,
    },
    /// The vehicle has no such property.
    #[error("a profile has no property {property:?}; there are: {}", known_properties())]
    UnknownProperty {
        /// What was set.
        property: String,
    },
    /// The kind takes no properties.
    #[error("a profile of the kind {} takes no properties; those with a motor do", kind.name())]
    NoProperties {
        /// Which kind.
        kind: ProfileKind,
    },
    /// A property is set twice.
    #[error("{property} is set twice")]
    PropertyTwice {
        /// Which.
        property: &'static str,
    },
    /// A property has a value that it cannot have.
    #[error("{property} cannot be {value:?}: expected {expected}")]
    BadValue {
        /// Of which property.
        property: &'static str,
        /// The value.
        value: String,
        /// What it may be.
        expected: String,
    },
    /// A name is empty, too long, or would be confusing.
    #[error(
        "a profile cannot be called {name:?}: letters, digits, '-' and '_', {LONGEST_NAME} at most"
    )]
    BadName {
        /// The name.
        name: String,
    },
}

impl FromStr for Profile {
    type Err = ProfileError;

    fn from_str(text: &str) -> Result<Self, ProfileError> {
        // A property has its own `=`, but only after a colon.
        let (name, rest) = match text.split_once('=') {
            Some((name, rest)) if !name.contains(':') => (Some(checked_name(name)?), rest),
            _ => (None, text),
        };
        let (kind, properties) = match rest.split_once(':') {
            Some((kind, properties)) => (kind, Some(properties)),
            None => (rest, None),
        };
        let kind = ProfileKind::named(kind)
            .ok_or_else(|| ProfileError::UnknownKind { kind: kind.to_owned() })?;
        let mut profile = Self::new(kind);
        if let Some(properties) = properties {
            set_properties(&mut profile, properties)?;
            rest.clone_into(&mut profile.name);
        }
        if let Some(name) = name {
            name.clone_into(&mut profile.name);
        }
        if profile.name.len() > LONGEST_NAME {
            return Err(ProfileError::BadName { name: profile.name });
        }
        Ok(profile)
    }
}

fn checked_name(name: &str) -> Result<&str, ProfileError> {
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(fits) {
        return Err(ProfileError::BadName { name: name.to_owned() });
    }
    Ok(name)
}

fn set_properties(profile: &mut Profile, properties: &str) -> Result<(), ProfileError> {
    if !profile.kind.has_motor() {
        return Err(ProfileError::NoProperties { kind: profile.kind });
    }
    let mut set = Vec::new();
    for pair in properties.split(',') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let property = Property::ALL.into_iter().find(|property| property.name() == name);
        let property =
            property.ok_or_else(|| ProfileError::UnknownProperty { property: name.to_owned() })?;
        if set.contains(&name) {
            return Err(ProfileError::PropertyTwice { property: property.name() });
        }
        set.push(name);
        if !profile.dimensions.set(property, value) {
            return Err(ProfileError::BadValue {
                property: property.name(),
                value: value.to_owned(),
                expected: property.expected(),
            });
        }
    }
    Ok(())
}

fn known_kinds() -> String {
    ProfileKind::ALL.map(ProfileKind::name).join(", ")
}

fn known_properties() -> String {
    Property::ALL.map(Property::name).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Centimeters, Kilograms};

    fn parsed(text: &str) -> Result<Profile, ProfileError> {
        text.parse()
    }

    #[test]
    fn a_profile_is_a_kind_with_properties_and_a_name() {
        for kind in ProfileKind::ALL {
            let profile = parsed(kind.name()).unwrap();
            assert_eq!((profile.kind(), profile.name()), (kind, kind.name()));
        }
        let truck = parsed("truck:height=4.2,weight=18,hazmat=yes").unwrap();
        assert_eq!(truck.name(), "truck:height=4.2,weight=18,hazmat=yes");
        let dimensions = truck.dimensions();
        assert_eq!(dimensions.height, Centimeters::new(420));
        assert_eq!(dimensions.weight, Kilograms::new(18_000));
        assert!(dimensions.hazmat);
        assert_eq!(dimensions.width, Profile::new(ProfileKind::Truck).dimensions().width);
        let lorry = parsed("lorry=truck:height=3.5").unwrap();
        assert_eq!((lorry.name(), lorry.kind()), ("lorry", ProfileKind::Truck));
        assert_eq!(parsed("货车=truck").unwrap().name(), "货车");
        assert_eq!(parsed("van=car:height=2.6").unwrap().kind(), ProfileKind::Car);
    }

    #[test]
    fn what_is_no_profile_is_refused_with_a_reason() {
        for (text, part) in [
            ("hovercraft", "there is no profile \"hovercraft\""),
            ("", "there is no profile \"\""),
            ("Car", "car, motorcycle, truck, bicycle, foot"),
            ("truck:", "no property \"\""),
            ("truck:heigth=4", "height, width, length, weight, axleload, hazmat"),
            ("truck:height=0", "more than 0 and at most 10 metres"),
            ("truck:height=420", "at most 10 metres"),
            ("truck:height=1e0", "height cannot be \"1e0\""),
            ("truck:height=NaN", "height cannot be"),
            ("truck:weight=-3", "weight cannot be"),
            ("truck:hazmat=perhaps", "yes or no"),
            ("truck:height=4,height=5", "height is set twice"),
            ("bicycle:height=2", "takes no properties"),
            ("=truck", "cannot be called \"\""),
            ("a b=truck", "cannot be called \"a b\""),
        ] {
            let error = parsed(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
