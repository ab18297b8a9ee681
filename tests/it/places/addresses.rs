//! Addresses as people copy them, and words around a name: on the fixture, and on real
//! extracts where they are.

use super::{check_meaning, real::imported, songgang};
use crate::support::extract;

#[test]
fn in_songgang() {
    check_meaning(
        &songgang(),
        &[
            ("深圳市宝安区松岗街道东方大道东方社区", "东方社区"),
            ("518105松岗人民医院", "松岗人民医院"),
            ("Songgang People's Hospital, Bao'an District, Shenzhen", "松岗人民医院"),
            ("Dongfang Community, Songgang Subdistrict, Bao'an, Shenzhen, China", "东方社区"),
            // The number of a building may be that of the house, and is no floor.
            ("东方大巷3号楼", "perhaps 文天祥纪念馆"),
            ("东方大巷9号楼", "nothing"),
            // What is near a place, or its door, also beside a part of its name.
            ("松岗中学正门", "松岗中学"),
            ("松岗派出所隔壁", "松岗派出所"),
            ("松岗天虹门口", "松岗天虹商场"),
            ("松岗天虹旁边", "松岗天虹商场"),
            ("在松岗天虹", "松岗天虹商场"),
            ("松岗医院 急诊", "perhaps 松岗人民医院"),
            ("宝安大道松明大道红绿灯", "宝安大道与松明大道路口"),
            ("松明大道宝安大道口", "宝安大道与松明大道路口"),
            ("松明大道与宝安大道交叉口东北角", "宝安大道与松明大道路口"),
            ("107国道松岗段", "广深公路"),
        ],
    );
}

#[test]
fn in_futian() {
    let Some(path) = extract("futian-nanshan.osm.pbf") else { return };
    check_meaning(
        &imported(&path),
        &[
            ("28 Keji South 12th Road", "康佳研发大厦"),
            ("Keji South 12th Rd 28", "康佳研发大厦"),
            ("28 Keji South 12th Road, Nanshan, Shenzhen", "康佳研发大厦"),
            // Nobody knows the subdistrict, or the park.
            ("深圳市南山区粤海街道科技南十二路28号", "perhaps 康佳研发大厦"),
            ("科技园科技南十二路28号", "perhaps 康佳研发大厦"),
        ],
    );
}

#[test]
fn in_heidelberg() {
    let Some(path) = extract("heidelberg.osm.pbf") else { return };
    check_meaning(
        &imported(&path),
        &[
            ("Neuenheimer Feld 348 Heidelberg", "Im Neuenheimer Feld 348"),
            // A quarter or a company that nobody knows.
            ("Sandgasse 3, Altstadt, Heidelberg", "perhaps Sandgasse 3"),
            ("Foo GmbH, Sandgasse 3, Heidelberg", "perhaps Sandgasse 3"),
            ("nähe Universitätsplatz", "Universitätsplatz"),
            ("in der Nähe von Zoo Heidelberg", "Zoo Heidelberg"),
            ("beim Heidelberger Schloss", "Heidelberger Schloss"),
            ("zum Heidelberger Schloss", "Heidelberger Schloss"),
            ("Haupteingang Bethanien-Krankenhaus", "Bethanien-Krankenhaus"),
        ],
    );
}

#[test]
fn in_monaco() {
    let Some(path) = extract("monaco.osm.pbf") else { return };
    check_meaning(
        &imported(&path),
        &[
            ("Hotel de Paris, Place du Casino, Monaco", "Hôtel de Paris"),
            ("Grimaldi Forum, 10 avenue Princesse Grace, 98000 Monaco", "Grimaldi Forum"),
            ("Stade Louis II, avenue des Castelans", "Stade Louis II"),
            ("musée océanographique, avenue Saint-Martin, Monaco", "Musée Océanographique"),
            ("à côté du Casino de Monte-Carlo", "Casino de Monte Carlo"),
            ("en face du Grimaldi Forum", "Grimaldi Forum"),
            ("devant le Palais Princier", "Palais Princier de Monaco"),
            ("entrée Musée Océanographique", "Musée Océanographique"),
            ("vicino al Casino di Monte Carlo", "several"),
        ],
    );
}

#[test]
fn in_liechtenstein() {
    let Some(path) = extract("liechtenstein.osm.pbf") else { return };
    check_meaning(
        &imported(&path),
        &[
            ("Kunstmuseum Städtle 32", "Kunstmuseum Liechtenstein"),
            ("Regierung, Peter-Kaiser-Platz 1, 9490 Vaduz", "Regierung"),
            ("Hotel Linde Bahnhofstrasse", "Restaurant Hotel Linde"),
            ("nähe Schloss Vaduz", "Schloss Vaduz"),
            ("beim Rathaus Vaduz", "Rathaus Vaduz"),
            ("gegenüber Kunstmuseum", "Kunstmuseum Liechtenstein"),
            // Several houses of one number are one, and the street is in several towns.
            ("Landstrasse 152", "several"),
        ],
    );
}

#[test]
fn in_andorra() {
    let Some(path) = extract("andorra.osm.pbf") else { return };
    check_meaning(
        &imported(&path),
        &[
            ("Exe Prisma, Avinguda del Fener 14", "Exe Prisma"),
            ("Caldea Parc de la Mola 10 Escaldes", "Caldea"),
            ("al lado de Illa Carlemany", "Centre Comercial Illa Carlemany"),
            ("al costat de Caldea", "Caldea"),
        ],
    );
}
