//! The wire types, generated from `proto/`: clients in Rust may use them too.
#![expect(
    missing_docs,
    unused_qualifications,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::clone_on_ref_ptr,
    reason = "the generators of prost and tonic do not keep our lints"
)]

include!(concat!(env!("OUT_DIR"), "/wire.rs"));

/// The descriptors of all of it, for reflection.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// The largest request that is read, in bytes.
pub const MAX_REQUEST_BYTES: usize = 4 << 20;

/// The largest message that is sent, in bytes.
pub const MAX_RESPONSE_BYTES: usize = 64 << 20;
