//! Tables made into scenarios: the right model, or a refusal that names the line.

use crate::support::{parse, read};
use headstart::Scenario;
use headstart::analysis::point_table;
use headstart::scenario::{AreasIn, TableHints, TableScenario, from_table};

fn made(text: &str) -> Result<TableScenario, String> {
    from_table("t", text, &TableHints::default()).map_err(|why| why.to_string())
}

fn made_with(text: &str, areas_in: AreasIn) -> Result<TableScenario, String> {
    let hints = TableHints { areas_in: Some(areas_in), ..TableHints::default() };
    from_table("t", text, &hints).map_err(|why| why.to_string())
}

#[track_caller]
fn model(text: &str) -> Scenario {
    parse(&made(text).unwrap_or_else(|why| panic!("{why}")).ron)
}

fn areas(scenario: &Scenario) -> Vec<&str> {
    scenario.areas().iter().map(|area| area.name.as_str()).collect()
}

fn factors(scenario: &Scenario) -> Vec<(&str, f64)> {
    scenario.factors().iter().map(|factor| (factor.name.as_str(), scenario.central(&factor.weight))).collect()
}

/// The weighted means of the table.
fn points(scenario: &Scenario) -> Vec<f64> {
    let total: f64 = factors(scenario).iter().map(|(_, weight)| weight).sum();
    let of = |area: usize| {
        let terms = scenario.factors().iter();
        terms.map(|f| scenario.central(&f.weight) * scenario.central(&f.scores[area])).sum::<f64>() / total
    };
    (0..scenario.areas().len()).map(of).collect()
}

#[track_caller]
fn assert_points(text: &str, wanted: &[f64]) {
    let found = points(&model(text));
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found - wanted).abs() < 1e-6, "{found} for {wanted}:\n{text}");
    }
}

#[track_caller]
fn refused(text: &str, words: &str) {
    match made(text) {
        Ok(made) => panic!("accepted:\n{text}\n{}\n{}", made.understood.join("\n"), made.ron),
        Err(why) => assert!(why.contains(words), "{why}"),
    }
}

#[track_caller]
fn says(made: &TableScenario, words: &str) {
    assert!(made.understood.iter().any(|line| line.contains(words)), "{words}: {:#?}", made.understood);
}

const AREAS_OF_POST: [&str; 10] = [
    "Interpretability",
    "Alignment Theory",
    "Scalable Oversight",
    "AI Control",
    "Dangerous Capability Evals",
    "Pre-training Alg. Improvement",
    "Post-training",
    "Data generation",
    "Agent scaffolding",
    "Training efficiency",
];
/// The weighted means of its seven factors, worked out by hand; it shows them with two digits.
const POINTS_OF_POST: [f64; 10] = [
    5.532_093_023,
    4.041_860_465,
    4.758_720_93,
    5.779_069_767,
    5.927_209_302,
    5.370_930_233,
    6.211_046_512,
    6.219_302_326,
    7.348_953_488,
    7.087_209_302,
];

/// The table of the source, as Markdown, with tabs and with commas, with its results and without them.
#[test]
fn post_is_read_as_its_authors_meant_it() {
    for name in ["post.md", "post.tsv", "post.csv", "post8.csv"] {
        let text = read(&format!("tests/data/tables/{name}"));
        let scenario = model(&text);
        assert_eq!(areas(&scenario), AREAS_OF_POST, "{name}");
        assert_eq!(factors(&scenario)[0], ("Task length", 1.0), "{name}");
        assert_eq!(scenario.factors().len(), 7, "{name}");
        assert_points(&text, &POINTS_OF_POST);
        let made = made(&text).unwrap();
        says(&made, "The rows are factors and the columns areas");
        says(&made, "weights are the numbers in parentheses behind the names");
        if name != "post8.csv" {
            says(&made, "Left out line 9, `Amenable to Automation`: the weighted mean of the factors");
            says(&made, "Left out line 10, `Category Average`: a shorter row below a result");
            assert!(made.ron.contains("// Left out line 9, `Amenable to Automation`"));
        }
    }
    // A digit changed in the results, and they are those of another table.
    let text = read("tests/data/tables/post.md").replace("| 5.53 |", "| 5.63 |");
    refused(&text, "line 9: `Amenable to Automation` has no weight, and is neither the mean nor the sum");
    refused(&text, "it has 5.63 for `Interpretability`, and their weighted mean is 5.5321");
}

#[test]
fn small_tables_give_the_right_model_or_none() {
    let file = |name: &str| read(&format!("tests/data/tables/{name}"));
    assert_points(&file("transposed.csv"), &[33.0 / 7.0, 31.0 / 7.0, 30.0 / 7.0]);
    assert_eq!(areas(&model(&file("transposed.csv"))), ["Alpha", "Beta", "Gamma"]);
    says(
        &made(&file("transposed.csv")).unwrap(),
        "The rows are areas and the columns factors, as the row `weight` shows",
    );
    assert_points(&file("importance.csv"), &[350.0 / 75.0, 480.0 / 75.0]);
    assert_points(&file("utf8_semicolon.csv"), &[61.496_035, 91.149_057, 81.969_122, 18.161_912]);
    says(
        &made(&file("utf8_semicolon.csv")).unwrap(),
        "separated by semicolons, and its numbers have decimal commas",
    );
    assert_points(&file("trailing.csv"), &[16.0 / 3.0, 14.0 / 3.0, 14.0 / 3.0]);
    refused(&file("total.csv"), "line 4: `Total` is named like a result, and has a weight");
    refused(&file("emptyweight.csv"), "line 2: `Cost` has no weight");
    let scenario = model(&file("ids.csv"));
    let ids: Vec<&str> = scenario.areas().iter().map(|area| area.id.as_str()).collect();
    let wanted = [
        "option_2",
        "option_3",
        "gpt_4",
        "gpt_5",
        "area_2026",
        "area_2027",
        "phase_2a",
        "phase_2b",
        "c_plus_plus",
        "c_sharp",
        "c",
    ];
    assert_eq!(ids, wanted);
    assert_eq!(scenario.factors()[1].id, "cost_2");
}

/// One model, however it is written down.
#[test]
fn one_table_in_all_forms() {
    let plain = "factor,weight,Alpha,Beta,Gamma\nCost,2,7.5,5,3\nSpeed,0.5,2,4,8.25\n";
    let semicolons = plain.replace(',', ";").replace('.', ",");
    let transposed = "area,Cost,Speed\nweight,2,0.5\nAlpha,7.5,2\nBeta,5,4\nGamma,3,8.25\n";
    let markdown = "# Options\n\nHow we see them:\n\n| **Factor** | Weight | Alpha | Beta | `Gamma` |\n|:--|--:|---|---|---|\n\
                    | Cost | 2 | 7.5 | 5 | 3 |\n| Speed | 0.5 | 2 | 4 | 8.25 |\n\nThat is all.\n";
    let bare = "Factor | Weight | Alpha | Beta | Gamma\n---|---|---|---|---\nCost | 2 | 7.5 | 5 | 3\nSpeed | 0.5 | 2 | 4 | 8.25\n";
    let forms = [
        plain.to_owned(),
        format!("\u{feff}{}", plain.replace('\n', "\r\n")),
        format!("sep=;\n{}", plain.replace(',', ";")),
        format!("# by hand, in 2026\n{plain}\n# the end\n"),
        plain.replace(',', "\t"),
        plain.replace(',', "\t").replace('.', ","),
        semicolons.clone(),
        format!("sep=;\r\n{semicolons}"),
        plain.replace('\n', ",,\n") + ",,,,,,\n",
        plain
            .replace("Alpha", "\"Alpha\"")
            .replace("7.5", "\"7,5\"")
            .replace("0.5", "\"0,5\"")
            .replace("8.25", "\"8,25\""),
        transposed.to_owned(),
        transposed.replace("area", "Options"),
        transposed.replace("area,", ",").replace(',', ";").replace('.', ","),
        markdown.to_owned(),
        bare.to_owned(),
        format!("Our options,,,,\n{plain}"),
        plain.replace("weight", "Weight (%)").replace(",2,7.5", ",80%,7.5").replace(",0.5,2", ",20%,2"),
        plain.replace("factor", "").replace("weight", " w "),
        plain.replace(",weight", "").replace("Cost,2", "Cost (2)").replace("Speed,0.5", "Speed (0.5)"),
        transposed.replace("weight,2,0.5\n", "").replace("Cost,Speed", "Cost (2),Speed (0.5)"),
        plain.replace("weight", "Importance:") + "Score,,6.4,4.8,4.05\n",
        plain.to_owned() + "Total,,16.0,12.0,10.125\n,,,,\nBest,,16.0,\n",
        plain
            .replace("Gamma\n", "Gamma,Mean\n")
            .replace(",3\n", ",3,5.17\n")
            .replace(",8.25\n", ",8.25,4.75\n"),
        transposed
            .replace("Speed\n", "Speed,Score\n")
            .replace("0.5\n", "0.5,\n")
            .replace(",2\n", ",2,6.40\n")
            .replace("5,4\n", "5,4,4.80\n")
            .replace("8.25\n", "8.25,4.05\n"),
    ];
    for text in forms {
        let scenario = model(&text);
        let weights: Vec<f64> = factors(&scenario).iter().map(|(_, weight)| *weight).collect();
        assert_eq!(weights.len(), 2, "{text}");
        assert!((weights[0] / weights[1] - 4.0).abs() < 1e-12, "{text}");
        assert_eq!(areas(&scenario), ["Alpha", "Beta", "Gamma"], "{text}");
        assert_points(&text, &[6.4, 4.8, 4.05]);
    }
}

/// Everything that has two readings is refused.
#[test]
fn doubtful_tables_are_refused() {
    for (text, words) in [
        ("", "has no areas"),
        ("factor\nx\n", "has no areas"),
        ("factor,weight\nx,1\n", "has no areas"),
        ("factor,weight,A\n", "has no factors"),
        ("factor,weight,A\nx,1,many\n", "line 2, column `A`: expected a number, found `many`"),
        ("factor,weight,A\nx,1,inf\n", "line 2, column `A`: `inf` is not finite"),
        ("factor,weight,A\nx,1\n", "line 2 has 2 columns, the header 3"),
        ("factor,weight,A\nx,1,2,3\n", "line 2 has 4 columns, the header 3"),
        ("factor,weight,A,B\nx,1,,3\n", "line 2, column `A` is empty"),
        ("factor,weight,A,B\nx,1,,3\ny,2,4,\n", "2 cells are empty (line 2, column `A`, line 3, column `B`)"),
        ("thing,A,B\nx,1,2\n", "add --areas-in rows or --areas-in columns"),
        (",A,B\nx,1,2\n", "add --areas-in rows or --areas-in columns"),
        ("Option,Price,Weight,Battery\nOne,1,2,3\nTwo,3,4,5\n", "contradict each other"),
        ("thing,weight,B\nx,1,2\nweight,3,4\n", "contradict each other"),
        ("factor,weight,importance,A\nx,1,2,3\n", "`weight` and `importance` may both be the weights"),
        ("factor,,A\nx,1,2\n", "column 2 has no name; name it `weight`"),
        ("factor,weight,A,A\nx,1,2,3\n", "columns 3 and 4 are both named `A`"),
        ("factor,weight,A\n,1,2\n", "line 2 has no name"),
        ("factor,weight,A\nx,-1,2\n", "line 2, column `weight`: the weight -1 is below 0"),
        ("factor,weight,A\nx,50%,2\ny,50,2\n", "one weight is in percent and one is not"),
        ("factor,weight,A\nx,,2\n", "column `weight` has no weights"),
        ("factor;weight;A\nx;1;1,500\n", "line 2, column `A`: `1,500` may be"),
        ("factor,weight,A,B\nx,1,\"7,5\",7.5\n", "`7.5` (line 2, column `B`) has a decimal point and `7,5`"),
        ("factor,weight,A\nx,1,40%\n", "line 2, column `A`: `40%` has a percent sign"),
        ("factor,weight,A\nx,1,9-6\n", "a range such as 6-8, 7 (6-8) or 7±1, with the lower end first"),
        ("factor,weight,A\nx,1,5 (6-8)\n", "line 2, column `A`: expected a number, found `5 (6-8)`"),
        ("factor,weight,A\nx,1,about 6\n", "write a number such as 7"),
        ("factor,weight,A\nx,1±2,6\n", "the weight -1 is below 0"),
        ("factor,A,B\nCost (3),1,2\nSpeed,2,3\nHeat (2),5,6\n", "line 3: `Speed` has no weight"),
        ("#,weight,A\nx,1,2\ny,1,4\n", "line 1 starts with `#`"),
        ("factor,weight,A\nx,1,\"2\n", "a quotation mark is opened"),
        (
            "|f|weight|A|\n|-|-|-|\n|x|1|2|\n\n|f|weight|A|\n|-|-|-|\n|y|1|2|\n",
            "lines 2 and 6 start two tables",
        ),
        ("factor,weight,A,B\nx,2,1,2\ny,1,3,4\nRank,,1,2\n", "line 4: `Rank` has no weight"),
        ("factor,A,B\nx,1,2\ny,3,4\nTotal,5,6\n", "line 4: `Total` is named like a result"),
        (
            "factor,weight,A,B,Average\nx,2,1,2,1.5\ny,1,3,4,3\n",
            "column `Average`: `Average` is named like a result",
        ),
        (
            "factor,weight,A,B\nx,2,1,2\nBest,,2\n",
            "line 3: `Best` has no weight, and has no number in line 3, column `B`",
        ),
        ("Task (1),Alpha (2),Beta (3)\nx,1,2\n", "add --areas-in"),
    ] {
        refused(text, words);
    }
    let hints = TableHints { groups: vec![("G".into(), 3)], areas_in: None };
    let why = from_table("t", "factor,A,B\nx,1,2\n", &hints).unwrap_err().to_string();
    assert!(why.contains("3 areas together, and the table has 2: A, B"), "{why}");
}

/// Ranges are hard limits: of the one kind uniform, of the other triangular; a sentence says so, and what numbers without a range get.
#[test]
fn ranges_are_read() {
    let text = "factor,weight,A,B\nx,2 (1-3),7 (6-8),6 to 9\ny,1-2,6\u{2013}9,7±1\nz,3,4 +- 0.5,5\n";
    let made = made(text).unwrap();
    for written in [
        "weight: Triangular(min: 1, mode: 2, max: 3),",
        "scores: [Triangular(min: 6, mode: 7, max: 8), Uniform(min: 6, max: 9)],",
        "weight: Uniform(min: 1, max: 2),",
        "scores: [Uniform(min: 6, max: 9), Triangular(min: 6, mode: 7, max: 8)],",
        "scores: [Triangular(min: 3.5, mode: 4, max: 4.5), 5],",
    ] {
        assert!(made.ron.contains(written), "{written}: {}", made.ron);
    }
    parse(&made.ron);
    says(&made, "7 ranges were read as hard limits: `7 (6-8)` is Triangular(min: 6, mode: 7, max: 8)");
    says(&made, "for 90% ranges write Interval(");
    says(&made, "2 numbers without a range: the placeholder `spread` puts ±1.5 around scores and ±50%");
    // The interval that the sentence names can be read.
    parse(
        &made.ron.replace("Uniform(min: 6, max: 9)", "Interval(level: 0.9, low: 6, high: 8, shape: Normal)"),
    );
    // Decimal commas within ranges, and weights behind names.
    let foreign = model("factor;A;B\nx (1-3);7,5 (6,5-8,5);6\ny (2);5;4,25-6\n");
    let ends = |dist: &headstart::distribution::Dist| dist.support();
    let of = |k: usize, i: usize| ends(foreign.factors()[k].scores[i].dist().unwrap());
    assert_eq!((of(0, 0), of(1, 1)), ((6.5, 8.5), (4.25, 6.0)));
    assert_eq!(factors(&foreign), [("x", 2.0), ("y", 2.0)]);
    assert_eq!(ends(foreign.factors()[0].weight.dist().unwrap()), (1.0, 3.0));
    // Ends beyond ten are on a larger scale.
    assert!(model("factor,weight,A,B\nx,1,7 (2-12),3\n").scale().unwrap().max >= 12.0);
}

/// A scale behind all names is no part of them, and a column of few words has the groups.
#[test]
fn the_table_of_vendors_is_read() {
    let text = "Vendor,Kind,Price (0-10),Uptime (0-10)\nAlder,local,7 (6-8),8\nBirch,local,5,9\nCedar,global,8,6 (4-7)\n";
    let read = made(text).unwrap();
    let scenario = parse(&read.ron);
    assert_eq!(areas(&scenario), ["Alder", "Birch", "Cedar"]);
    let ids: Vec<&str> = scenario.factors().iter().map(|factor| factor.id.as_str()).collect();
    assert_eq!((ids, factors(&scenario)[0].0), (vec!["price", "uptime"], "Price"));
    assert_eq!(scenario.scale().map(|scale| (scale.min, scale.max)), Some((0.0, 10.0)));
    let groups: Vec<&str> = scenario.groups().iter().map(|group| group.name.as_str()).collect();
    assert_eq!(groups, ["local", "global"]);
    says(&read, "The groups are in column `Kind`");
    says(&read, "The scores are on a scale from 0 to 10, as the names of the factors say");
    // The other way round.
    let turned = model("factor,Alder,Birch,Cedar\nKind,local,local,global\nPrice,7,5,8\nUptime,8,9,6\n");
    assert_eq!((turned.groups().len(), turned.factors().len()), (2, 2));
    // Words that differ for all areas are no groups, and different ranges are no scale.
    refused("option,Kind,Cost,Speed\nA,red,1,2\nB,blue,3,4\n", "expected a number, found `red`");
    let apart = model("factor,weight,A,B\nCost (0-10),1,2,3\nSpeed (0-5),1,2,3\n");
    assert_eq!(factors(&apart)[1].0, "Speed (0-5)");
}

/// Rows or columns, as asked.
#[test]
fn asked_for_areas_in_rows_or_columns() {
    let table = "thing,Price,Weight,Battery\nOne,1,2,3\nTwo,3,4,6\n";
    let rows = made_with(table, AreasIn::Rows).unwrap();
    let scenario = parse(&rows.ron);
    assert_eq!(areas(&scenario), ["One", "Two"]);
    assert_eq!(factors(&scenario), [("Price", 1.0), ("Weight", 1.0), ("Battery", 1.0)]);
    says(&rows, "No weights were found, so each factor has the weight 1");
    says(&rows, "3 factors: Price (1), Weight (1), Battery (1)");
    let columns = made_with(table, AreasIn::Columns).unwrap();
    let scenario = parse(&columns.ron);
    assert_eq!(areas(&scenario), ["Price", "Battery"]);
    assert_eq!(factors(&scenario), [("One", 2.0), ("Two", 4.0)]);
    says(&columns, "The weights are in column `Weight`");
}

/// Groups by a row or a column; names with accents; parentheses that are no weights.
#[test]
fn groups_and_names() {
    let csv = "factor,weight,Über Area,Area!,Area?\ngroup,,One,Two,One\nCost,2,3,4.5,1\nSum,,3,4.5,1\n";
    let scenario = model(csv);
    let ids: Vec<&str> = scenario.areas().iter().map(|area| area.id.as_str()).collect();
    assert_eq!(ids, ["ueber_area", "area", "area_2"]);
    assert_eq!((scenario.groups().len(), scenario.factors().len()), (2, 1));
    assert_eq!(scenario.areas()[2].group, 0);
    assert_eq!(scenario.central(&scenario.factors()[0].scores[1]), 4.5);
    says(&made(csv).unwrap(), "Left out line 4, `Sum`: the weighted mean of the factors");
    let rows = model("option,group,Cost,Speed\nweight,,2,1\nA,x,1,2\nB,y,3,4\nC,x,5,6\n");
    assert_eq!(rows.areas().iter().map(|area| area.group).collect::<Vec<_>>(), [0, 1, 0]);
    // Years, and numbers that tell names apart.
    for table in
        ["factor,A,B\nOption (1),1,2\nOption (2),3,4\n", "factor,A,B\nCost (2025),1,2\nSpeed (2026),3,4\n"]
    {
        assert!(
            factors(&model(table)).iter().all(|(name, weight)| *weight == 1.0 && name.contains('(')),
            "{table}"
        );
    }
    // Groups of three digits, and blanks between them.
    let wide = model("factor,weight,A,B\nCost,1,\"12,500\",7.5\nArea,1,1 000,−3\n");
    assert_eq!(points(&wide), [6750.0, 2.25]);
}

/// What is drawn from a table is what its points say.
#[test]
fn points_of_a_table_are_those_of_the_report() {
    let scenario = model(&read("tests/data/tables/post.md"));
    for (found, wanted) in point_table(&scenario).overall_scores.iter().zip(POINTS_OF_POST) {
        assert!((found - wanted).abs() < 1e-6);
    }
}
