//! Words for what a place is that stand for each other from one language to the next: the
//! Louis II stadium is the Stade Louis II, and Heiliggeist church the Heiliggeistkirche.

/// Words that translate each other. Of words within one language that are no more than alike
/// (Parkplatz and Parkhaus, Kirche and Kapelle) there is one at most.
const SAME: [&[&str]; 23] = [
    &["stadion", "stade", "estadi", "estadio", "stadio", "stadium"],
    &["museum", "musee", "museu", "museo"],
    &["kirche", "eglise", "esglesia", "iglesia", "chiesa", "church"],
    &["kathedrale", "cathedrale", "cathedral", "catedral", "cattedrale"],
    &["schloss", "burg", "chateau", "castell", "castillo", "castello", "castle"],
    &["schule", "ecole", "escola", "escuela", "scuola", "school"],
    &["universitat", "universite", "universidad", "universita", "university"],
    &["theater", "theatre", "teatre", "teatro"],
    &["bibliothek", "bibliotheque", "biblioteca", "library"],
    &["friedhof", "cimetiere", "cementiri", "cementerio", "cimitero", "cemetery"],
    &["krankenhaus", "hopital", "hospital", "ospedale"],
    &["park", "parc", "parque", "parco"],
    &["garten", "jardin", "jardi", "giardino", "garden", "gardens"],
    &["brucke", "pont", "puente", "ponte", "bridge"],
    &["palast", "palais", "palau", "palacio", "palazzo", "palace"],
    &["kapelle", "chapelle", "capella", "capilla", "cappella", "chapel"],
    &["see", "lac", "llac", "lago", "lake"],
    &["strand", "plage", "platja", "playa", "spiaggia", "beach"],
    &["sanctuaire", "santuari", "santuario", "sanctuary"],
    &["college", "collegi", "colegio"],
    &["hutte", "refuge", "refugi", "refugio", "rifugio"],
    &["therme", "thermes", "termes", "termas", "terme"],
    &["markt", "marche", "mercat", "mercado", "mercato", "market"],
];

/// The other words for what `word` says, with itself; none if it has no others.
pub(super) fn translations(word: &str) -> &'static [&'static str] {
    SAME.iter().find(|same| same.contains(&word)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::kinds_said::{kind_meant, same_kind};

    #[test]
    fn words_that_translate_each_other_say_one_kind() {
        for same in SAME {
            let kinds: Vec<&str> =
                same.iter().copied().filter(|word| kind_meant(word).is_some()).collect();
            for word in &kinds {
                let own = same_kind(word);
                assert!(kinds.iter().all(|other| own.contains(other)), "{word}: {kinds:?}");
            }
        }
    }

    #[test]
    fn a_word_has_others() {
        assert!(translations("stadium").contains(&"stade"));
        assert_eq!(translations("parkhaus"), [""; 0]);
        let all: Vec<&str> = SAME.iter().flat_map(|same| same.iter().copied()).collect();
        for (index, word) in all.iter().enumerate() {
            assert!(!all[..index].contains(word), "{word} is there twice");
        }
    }
}
