//! The messages of the PBF format that writing needs, and the frame that every
//! blob begins with. Numbers and types of fields are those of `fileformat.proto`
//! and `osmformat.proto`; <https://wiki.openstreetmap.org/wiki/PBF_Format>.

use prost::{Enumeration, Message};

/// The size in bytes that a blob's header stays below.
pub(super) const BLOB_HEADER_LIMIT: u32 = 64 << 10;

/// The size in bytes that a blob stays below, packed and unpacked.
pub(super) const BLOB_LIMIT: u32 = 32 << 20;

/// The blob that tells about the file.
pub(super) const HEADER_BLOB: &str = "OSMHeader";

/// A blob with elements.
pub(super) const DATA_BLOB: &str = "OSMData";

/// What the readers of our files must understand, and all that we understand.
pub(super) const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Promises that elements come in ascending order of kind and id.
pub(super) const SORTED_FEATURE: &str = "Sort.Type_then_ID";

#[derive(Clone, PartialEq, Message)]
pub(super) struct BlobHeader {
    #[prost(string, required, tag = "1")]
    pub(super) kind: String,
    #[prost(int32, required, tag = "3")]
    pub(super) size: i32,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Blob {
    #[prost(int32, optional, tag = "2")]
    pub(super) raw_size: Option<i32>,
    #[prost(bytes = "vec", optional, tag = "3")]
    pub(super) zlib_data: Option<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct HeaderBlock {
    #[prost(message, optional, tag = "1")]
    pub(super) bounds: Option<HeaderBounds>,
    #[prost(string, repeated, tag = "4")]
    pub(super) required_features: Vec<String>,
    #[prost(string, repeated, tag = "5")]
    pub(super) optional_features: Vec<String>,
    #[prost(string, optional, tag = "16")]
    pub(super) writing_program: Option<String>,
    #[prost(int64, optional, tag = "32")]
    pub(super) replication_timestamp: Option<i64>,
}

/// In nanodegrees.
#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct HeaderBounds {
    #[prost(sint64, required, tag = "1")]
    pub(super) left: i64,
    #[prost(sint64, required, tag = "2")]
    pub(super) right: i64,
    #[prost(sint64, required, tag = "3")]
    pub(super) top: i64,
    #[prost(sint64, required, tag = "4")]
    pub(super) bottom: i64,
}

/// Coordinates are in the default granularity: 100 nanodegrees.
#[derive(Clone, PartialEq, Message)]
pub(super) struct PrimitiveBlock {
    #[prost(message, required, tag = "1")]
    pub(super) strings: StringTable,
    #[prost(message, repeated, tag = "2")]
    pub(super) groups: Vec<PrimitiveGroup>,
}

/// The first entry is empty and not used.
#[derive(Clone, PartialEq, Message)]
pub(super) struct StringTable {
    #[prost(bytes = "vec", repeated, tag = "1")]
    pub(super) strings: Vec<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct PrimitiveGroup {
    #[prost(message, optional, tag = "2")]
    pub(super) dense: Option<DenseNodes>,
    #[prost(message, repeated, tag = "3")]
    pub(super) ways: Vec<Way>,
    #[prost(message, repeated, tag = "4")]
    pub(super) relations: Vec<Relation>,
}

/// Ids, latitudes and longitudes are differences to the node before.
#[derive(Clone, PartialEq, Message)]
pub(super) struct DenseNodes {
    #[prost(sint64, repeated, tag = "1")]
    pub(super) ids: Vec<i64>,
    #[prost(sint64, repeated, tag = "8")]
    pub(super) lats: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub(super) lons: Vec<i64>,
    /// Key and value in turn, and a zero after each node; empty if no node of
    /// the block has tags.
    #[prost(int32, repeated, tag = "10")]
    pub(super) keys_values: Vec<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Way {
    #[prost(int64, required, tag = "1")]
    pub(super) id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub(super) keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub(super) values: Vec<u32>,
    /// Differences to the reference before.
    #[prost(sint64, repeated, tag = "8")]
    pub(super) refs: Vec<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Relation {
    #[prost(int64, required, tag = "1")]
    pub(super) id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub(super) keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub(super) values: Vec<u32>,
    #[prost(int32, repeated, tag = "8")]
    pub(super) roles: Vec<i32>,
    /// Differences to the member before.
    #[prost(sint64, repeated, tag = "9")]
    pub(super) members: Vec<i64>,
    #[prost(enumeration = "MemberKind", repeated, tag = "10")]
    pub(super) kinds: Vec<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enumeration)]
#[repr(i32)]
pub(super) enum MemberKind {
    Node = 0,
    Way = 1,
    Relation = 2,
}
