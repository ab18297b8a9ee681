//! Where the shift begins and ends. Most places lie within a kilometre of a
//! border, some of those in Shenzhen within 150 metres.

use super::*;
use crate::geo::{DrivingSide, driving_side};

#[track_caller]
fn check(shifted: bool, places: &[(&str, f64, f64)]) {
    for &(place, lat, lon) in places {
        let position = Coordinate::from_degrees(lat, lon).unwrap();
        for datum in SHIFTED {
            assert_eq!(datum.from_wgs84(position) != position, shifted, "{place}");
        }
    }
}

/// Traffic keeps left where nothing is shifted: one outline serves for both.
#[track_caller]
fn check_border(side: DrivingSide, places: &[(&str, f64, f64)]) {
    check(side == DrivingSide::Right, places);
    for &(place, lat, lon) in places {
        let position = Coordinate::from_degrees(lat, lon).unwrap();
        assert_eq!(driving_side(position), side, "{place}");
    }
}

#[test]
fn hong_kong() {
    check_border(
        DrivingSide::Left,
        &[
            ("Central", 22.2819, 114.1582),
            ("the airport", 22.3089, 113.9145),
            ("the port of the great bridge", 22.3185, 113.9535),
            ("Tai O on Lantau", 22.2540, 113.8620),
            ("Lung Kwu Chau", 22.3830, 113.8810),
            ("Tai A Chau in the Soko Islands", 22.1630, 113.9040),
            ("Po Toi", 22.1650, 114.2600),
            ("Deep Bay, off Lau Fau Shan", 22.4720, 113.9650),
            ("Shenzhen Bay Bridge, the southern half", 22.4550, 113.9600),
            ("Mai Po, the mouth of the river", 22.4990, 114.0300),
            ("Lok Ma Chau, the station", 22.5145, 114.0655),
            ("Lok Ma Chau, the southern end of the bridge", 22.5165, 114.0709),
            ("the Lok Ma Chau Loop", 22.5250, 114.0830),
            ("the Loop, its northern corner", 22.5350, 114.0900),
            ("Lo Wu, the station", 22.5283, 114.1132),
            ("Sheung Shui", 22.5010, 114.1280),
            ("Ta Kwu Ling", 22.5410, 114.1500),
            ("Sha Tau Kok, the pier", 22.5430, 114.2245),
            ("Ap Chau", 22.5525, 114.2690),
            ("Kat O", 22.5410, 114.2960),
            ("Tung Ping Chau", 22.5450, 114.4350),
        ],
    );
}

#[test]
fn shenzhen_beside_hong_kong() {
    check_border(
        DrivingSide::Right,
        &[
            ("Neilingding Island", 22.4100, 113.8000),
            ("Shekou, the ferry", 22.4755, 113.9145),
            ("Chiwan", 22.4600, 113.8850),
            ("Shenzhen Bay, the port", 22.5035, 113.9440),
            ("Shenzhen Bay Bridge, the northern half", 22.4850, 113.9505),
            ("Shenzhen Bay Park", 22.5200, 113.9900),
            ("Futian, the free trade zone", 22.5050, 114.0480),
            ("Futian, the port", 22.5186, 114.0690),
            ("Huanggang, the port", 22.5230, 114.0730),
            ("Binhe Avenue above the Loop", 22.5378, 114.0893),
            ("Yumin, the village", 22.5365, 114.1060),
            ("Luohu, the port", 22.5317, 114.1135),
            ("Shenzhen, the station", 22.5335, 114.1125),
            ("Wenjindu, the port", 22.5405, 114.1265),
            ("Liantang, the port", 22.5575, 114.1550),
            ("Shatoujiao", 22.5530, 114.2330),
            ("Yantian, the terminal", 22.5700, 114.2650),
            ("Dapeng", 22.5400, 114.4800),
        ],
    );
}

#[test]
fn macau() {
    check_border(
        DrivingSide::Left,
        &[
            ("the Border Gate", 22.2152, 113.5490),
            ("the peninsula, Senado Square", 22.1937, 113.5399),
            ("the inner harbour", 22.1970, 113.5350),
            ("the reclaimed zone A", 22.2060, 113.5620),
            ("the port of the great bridge", 22.2090, 113.5815),
            ("Taipa", 22.1550, 113.5570),
            ("the airport", 22.1490, 113.5910),
            ("Coloane, the village", 22.1165, 113.5515),
            ("the university on Hengqin", 22.1290, 113.5450),
        ],
    );
}

#[test]
fn zhuhai_beside_macau() {
    check_border(
        DrivingSide::Right,
        &[
            ("Gongbei, the port", 22.2186, 113.5490),
            ("Gongbei", 22.2250, 113.5450),
            ("the port of the great bridge", 22.2170, 113.5825),
            ("the great bridge, half way", 22.2600, 113.7000),
            ("Wanzai", 22.1970, 113.5260),
            ("Hengqin, the port", 22.1400, 113.5430),
            ("Hengqin", 22.1300, 113.5300),
        ],
    );
}

#[test]
fn taiwan_and_abroad() {
    check(
        false,
        &[
            ("Taipei", 25.033, 121.565),
            ("Kaohsiung", 22.627, 120.301),
            ("Hualien", 23.976, 121.604),
            ("Penghu", 23.566, 119.566),
            ("Kinmen", 24.436, 118.318),
            ("Matsu", 26.158, 119.950),
            ("Hanoi", 21.029, 105.854),
            ("Seoul", 37.567, 126.978),
            ("Tokyo", 35.681, 139.767),
            ("Ulaanbaatar", 47.886, 106.906),
            ("Singapore", 1.290, 103.852),
            ("Delhi", 28.614, 77.209),
            ("Heidelberg", 49.409, 8.695),
            ("the other half of the world", -22.64, -66.19),
        ],
    );
    check(
        true,
        &[
            ("Xiamen, Huandao Road", 24.450, 118.190),
            ("Dadeng, its new airport", 24.555, 118.340),
            ("Pingtan", 25.503, 119.790),
            ("Lianjiang, the coast across from Matsu", 26.340, 119.870),
        ],
    );
}
