//! Chinese numerals as digits: 一路 and 1路, 二十三号 and 23号 are the same.

/// `text` with each run of Chinese numerals below a thousand in digits: with
/// tens (十二, 二十三) by their value, others digit by digit (二〇二六). Hundreds
/// and more stand in too many names that are no numbers (百花, 千灯, 万科).
pub(super) fn with_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for character in text.chars() {
        if digit(character).is_some() || character == TEN {
            run.push(character);
        } else {
            write_run(&mut run, &mut out);
            out.push(character);
        }
    }
    write_run(&mut run, &mut out);
    out
}

const TEN: char = '十';

fn digit(character: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|numeral| numeral == character)
        .or((character == '零').then_some(0))
        .and_then(|position| u32::try_from(position).ok())
}

fn write_run(run: &mut Vec<char>, out: &mut String) {
    let value = match run[..] {
        [TEN] => Some(10),
        [TEN, ones] => digit(ones).map(|ones| 10 + ones),
        [tens, TEN] => digit(tens).map(|tens| 10 * tens),
        [tens, TEN, ones] => digit(tens).zip(digit(ones)).map(|(tens, ones)| 10 * tens + ones),
        _ => None,
    };
    match value {
        Some(value) => out.push_str(&value.to_string()),
        None => run.iter().for_each(|&numeral| match digit(numeral) {
            Some(digit) => out.extend(char::from_digit(digit, 10)),
            None => out.push(numeral),
        }),
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_digits() {
        for (text, expected) in [
            ("一路", "1路"),
            ("松岗二十三号", "松岗23号"),
            ("十二路", "12路"),
            ("四十", "40"),
            ("十字街", "10字街"),
            ("二〇二六年", "2026年"),
            ("第零大道", "第0大道"),
            ("三围一路", "3围1路"),
            ("百花二路", "百花2路"),
            ("十十", "十十"),
            ("107国道", "107国道"),
            ("", ""),
        ] {
            assert_eq!(with_digits(text), expected, "{text}");
        }
    }
}
