//! Traditional characters as simplified ones, each by itself.

/// By traditional character, ascending: see `build.rs`.
const TABLE: &[(char, char)] = &include!(concat!(env!("OUT_DIR"), "/simplified.rs"));

/// The simplified form of a character; itself if it has none.
pub(super) fn simplified(character: char) -> char {
    if character.is_ascii() {
        return character;
    }
    let found = TABLE.binary_search_by_key(&character, |&(traditional, _)| traditional);
    found.map_or(character, |index| TABLE[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_simplified_once_and_for_all() {
        let all = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(all("寶安區鬆崗人民醫院"), "宝安区松岗人民医院");
        assert_eq!(all("東門電影院 Café 3號"), "东门电影院 Café 3号");
        assert_eq!(all("后海里"), "后海里");
        assert!(TABLE.len() > 2_000 && TABLE.is_sorted());
        for &(_, simple) in TABLE {
            assert_eq!(simplified(simple), simple, "{simple}");
        }
    }
}
