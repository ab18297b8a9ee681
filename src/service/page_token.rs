//! Tokens for the next page of a search. A token is bound to its query and to
//! the dataset, so that pages of different lists are never mixed.

use xxhash_rust::xxh3::Xxh3;

use super::wire::luwang::places::v1::SearchPlacesRequest;

/// The token for the page that begins at `offset`.
pub(super) fn token(query: &SearchPlacesRequest, dataset_id: &str, offset: usize) -> String {
    format!("{:016x}{offset:x}", seal(query, dataset_id, offset))
}

/// Where the page of a token begins; `None` if it was not made for this query
/// on this dataset.
pub(super) fn offset(query: &SearchPlacesRequest, dataset_id: &str) -> Option<usize> {
    let text = &query.page_token;
    if text.is_empty() {
        return Some(0);
    }
    let (_, offset) = text.split_at_checked(16)?;
    let offset = usize::from_str_radix(offset, 16).ok()?;
    // Comparing as text refuses every other way to write the same number.
    (token(query, dataset_id, offset) == *text).then_some(offset)
}

fn seal(query: &SearchPlacesRequest, dataset_id: &str, offset: usize) -> u64 {
    let mut hash = Xxh3::new();
    let mut part = |bytes: &[u8]| {
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    part(dataset_id.as_bytes());
    part(&(offset as u64).to_le_bytes());
    part(query.text.as_bytes());
    part(&query.coordinate_system.to_le_bytes());
    if let Some(bias) = &query.location_bias {
        part(&bias.latitude.to_le_bytes());
        part(&bias.longitude.to_le_bytes());
    }
    for kind in &query.kinds {
        part(kind.as_bytes());
    }
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_holds_for_its_query_alone() {
        let query = SearchPlacesRequest { text: "松岗".to_owned(), ..Default::default() };
        let next = SearchPlacesRequest {
            page_token: token(&query, "a", 20),
            page_size: 5,
            ..query.clone()
        };
        assert_eq!(offset(&query, "a"), Some(0));
        assert_eq!(offset(&next, "a"), Some(20));
        assert_eq!(offset(&next, "b"), None);
        assert_eq!(
            offset(&SearchPlacesRequest { text: "松".to_owned(), ..next.clone() }, "a"),
            None
        );
        for forged in ["x", "0000000000000000ff", "长长长长长长长长长长"] {
            let forged = SearchPlacesRequest { page_token: forged.to_owned(), ..query.clone() };
            assert_eq!(offset(&forged, "a"), None);
        }
    }
}
