//! Keys and values of an element, small in memory: one allocation for all of
//! its text.

use std::fmt;

/// The tags of an element, in ascending order of their keys; no key twice.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// Keys and values in turn, one after the other.
    text: Box<str>,
    /// Where in `text` each key and each value ends, in turn.
    ends: Box<[u32]>,
}

impl Tags {
    /// The tags of `pairs`, in any order. Of a key that comes twice, the first
    /// value stays.
    ///
    /// # Panics
    ///
    /// If the text of all tags together is 4 GB or more.
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|&(key, _)| key);
        pairs.dedup_by_key(|&mut (key, _)| key);
        let mut text = String::new();
        let mut ends = Vec::with_capacity(2 * pairs.len());
        for part in pairs.into_iter().flat_map(|(key, value)| [key, value]) {
            text.push_str(part);
            ends.push(u32::try_from(text.len()).expect("the tags of an element are below 4 GB"));
        }
        Self { text: text.into(), ends: ends.into() }
    }

    /// The value of `key`, if it has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        // Hundreds of keys are asked for of each way: most are of another length, and are not
        // looked at.
        let mut start = 0;
        for ends in self.ends.chunks_exact(2) {
            let (middle, end) = (ends[0] as usize, ends[1] as usize);
            if middle - start == key.len() && &self.text.as_bytes()[start..middle] == key.as_bytes()
            {
                return Some(&self.text[middle..end]);
            }
            start = end;
        }
        None
    }

    /// Whether `key` has exactly this value.
    #[must_use]
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// Whether there is a tag with this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All keys and values, in ascending order of keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> + '_ {
        let part = |index: usize| {
            let start = if index == 0 { 0 } else { self.ends[index - 1] };
            &self.text[start as usize..self.ends[index] as usize]
        };
        (0..self.ends.len() / 2).map(move |pair| (part(2 * pair), part(2 * pair + 1)))
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Tags {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        Self::new(pairs)
    }
}

impl fmt::Debug for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_by_key() {
        let tags = Tags::new([("name", "东方大道"), ("highway", "primary"), ("empty", "")]);
        assert_eq!(tags.get("name"), Some("东方大道"));
        assert_eq!(tags.get("empty"), Some(""));
        assert_eq!(tags.get("nam"), None);
        assert!(tags.is("highway", "primary") && !tags.has("way"));
        assert!(tags.iter().map(|(key, _)| key).is_sorted());
        assert!(Tags::default().is_empty());
    }
}
