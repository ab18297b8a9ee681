//! House numbers are whole, and what is called the only one is.

use super::*;

/// Thirty longer numbers are better known than the second number 5.
fn street_of_long_numbers() -> Vec<Element> {
    let name = |number: i64| format!("老街{number}号馆");
    let mut town: Vec<Element> = (500..530)
        .map(|number| {
            let name = name(number);
            node(number, 22.75, 113.80, &[("name", &*name), ("tourism", "museum")])
        })
        .collect();
    let known = [("name", "老街5号馆"), ("tourism", "museum"), ("wikidata", "Q1")];
    town.push(node(1, 22.75, 113.81, &known));
    town
}

/// The id of what a text means, or why that is not clear.
fn said(gazetteer: &Gazetteer, text: &str) -> String {
    match gazetteer.resolve(text, None).unwrap() {
        Resolution::Clear(found) => id(gazetteer, found.place),
        Resolution::Ambiguous(_) => "unclear".to_owned(),
        Resolution::NotFound { .. } => "not found".to_owned(),
    }
}

#[test]
fn a_number_is_not_the_beginning_of_another() {
    let town = gazetteer(street_of_long_numbers());
    assert_eq!(said(&town, "街5"), "node/1");
    assert_eq!(said(&town, "老街529"), "node/529");
    assert_eq!(said(&town, "街50"), "not found");
}

#[test]
fn what_many_others_hide_is_not_forgotten() {
    let mut town = street_of_long_numbers();
    town.push(node(2, 22.75, 113.82, &[("name", "新街5号馆"), ("building", "yes")]));
    assert_eq!(said(&gazetteer(town), "街5"), "unclear");
}

/// More names have each of the words than are compared with both.
#[test]
fn nothing_is_clear_if_not_all_were_compared() {
    let town = |many: i64| {
        let named =
            |id: i64, name: &str| node(id, 22.75, 113.80, &[("name", name), ("tourism", "museum")]);
        let mut town: Vec<Element> = (10..many)
            .flat_map(|id| {
                [named(id, &format!("abc {id}")), named(10_000 + id, &format!("xyz {id}"))]
            })
            .collect();
        let known = [("name", "xyz and abc"), ("tourism", "museum"), ("wikidata", "Q1")];
        town.push(node(1, 22.75, 113.81, &known));
        town
    };
    assert_eq!(said(&gazetteer(town(100)), "abc xyz"), "node/1");
    let mut town = town(3_100);
    town.push(node(2, 22.75, 113.82, &[("name", "xyz or abc"), ("building", "yes")]));
    let town = gazetteer(town);
    assert_eq!(said(&town, "abc xyz"), "unclear");
    assert_eq!(said(&town, "77 abc"), "node/77", "177 and 770 are other numbers");
    assert_eq!(said(&town, "or abc"), "node/2", "few names have an or");
}
