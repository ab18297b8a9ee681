//! Many short strings in two arrays.

use crate::{
    array::{Array, row},
    ids::{Id, NameId},
};

/// A table of strings by [`NameId`], immutable, mappable from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringTable {
    /// Where each string begins in `bytes`; one entry more than strings.
    pub first_byte: Array<u32>,
    /// The text of all strings, in UTF-8, one after the other.
    pub bytes: Array<u8>,
}

impl StringTable {
    /// How many strings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first_byte.len().saturating_sub(1)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string of that id. What is not UTF-8, in a file that was tampered
    /// with, reads as empty.
    ///
    /// # Panics
    ///
    /// If there is no such string.
    #[must_use]
    pub fn get(&self, id: NameId) -> &str {
        str::from_utf8(&self.bytes[row(&self.first_byte, id.index())]).unwrap_or_default()
    }
}

/// Collects strings and gives equal ones the same id.
#[derive(Debug)]
pub struct StringTableBuilder {
    ids: rustc_hash::FxHashMap<Box<str>, NameId>,
    first_byte: Vec<u32>,
    bytes: Vec<u8>,
}

impl Default for StringTableBuilder {
    /// A table with the empty string as its first.
    fn default() -> Self {
        let mut table =
            Self { ids: rustc_hash::FxHashMap::default(), first_byte: vec![0], bytes: Vec::new() };
        table.add("");
        table
    }
}

impl StringTableBuilder {
    /// The id of `text`, new or not.
    ///
    /// # Panics
    ///
    /// If all strings together reach 4 GB.
    pub fn add(&mut self, text: &str) -> NameId {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = NameId::from_index(self.first_byte.len() - 1);
        self.bytes.extend_from_slice(text.as_bytes());
        let end = u32::try_from(self.bytes.len()).expect("names are below 4 GB in all");
        self.first_byte.push(end);
        self.ids.insert(text.into(), id);
        id
    }

    /// The finished table.
    #[must_use]
    pub fn build(self) -> StringTable {
        StringTable { first_byte: self.first_byte.into(), bytes: self.bytes.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_have_one_id() {
        let mut table = StringTableBuilder::default();
        let ids = ["松白路", "", "东方大道", "松白路"].map(|text| table.add(text));
        assert_eq!(ids[0], ids[3]);
        assert_eq!(ids[1], NameId::from_index(0));
        let table = table.build();
        assert_eq!(table.len(), 3);
        assert_eq!(ids.map(|id| table.get(id)), ["松白路", "", "东方大道", "松白路"]);
    }
}
