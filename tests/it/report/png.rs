//! Pictures as PNG: read by a reader of our own, they have the size, the colours and the letters of their SVG.

use crate::support::binary::{folder, output, text};
use crate::support::{load, run};
use flate2::read::ZlibDecoder;
use headstart::report::{PngError, matrix_svg, png};
use std::io::Read;

/// The pixels of a PNG of eight bits in red, green, blue and alpha.
struct Pixels {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

impl Pixels {
    /// Reads a file as the specification says, without interlacing.
    fn read(png: &[u8]) -> Self {
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        let (mut at, mut packed) = (8, Vec::new());
        while at < png.len() {
            let (length, kind) = (number(at), &png[at + 4..at + 8]);
            if kind == b"IDAT" {
                packed.extend_from_slice(&png[at + 8..at + 8 + length]);
            }
            at += length + 12;
        }
        let (width, height) = (number(16), number(20));
        assert_eq!(&png[24..29], [8, 6, 0, 0, 0], "8 bits, with alpha, nothing special");
        let mut raw = Vec::new();
        ZlibDecoder::new(&packed[..]).read_to_end(&mut raw).unwrap();
        let stride = 4 * width;
        assert_eq!(raw.len(), height * (stride + 1));
        let mut bytes = vec![0_u8; height * stride];
        for row in 0..height {
            let filter = raw[row * (stride + 1)];
            for i in 0..stride {
                let before = |back: usize, up: usize| {
                    if i < back || row < up { 0 } else { i32::from(bytes[(row - up) * stride + i - back]) }
                };
                let (left, above, both) = (before(4, 0), before(0, 1), before(4, 1));
                let guess = match filter {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => i32::midpoint(left, above),
                    4 => {
                        let p = left + above - both;
                        let far = [left, above, both].map(|x| (p - x).abs());
                        if far[0] <= far[1] && far[0] <= far[2] {
                            left
                        } else if far[1] <= far[2] {
                            above
                        } else {
                            both
                        }
                    }
                    other => panic!("no filter {other}"),
                };
                bytes[row * stride + i] = (i32::from(raw[row * (stride + 1) + 1 + i]) + guess) as u8;
            }
        }
        Self { width, height, bytes }
    }

    fn at(&self, x: f64, y: f64) -> [u8; 3] {
        let at = 4 * (y.round() as usize * self.width + x.round() as usize);
        assert_eq!(self.bytes[at + 3], 255, "nothing is transparent");
        self.bytes[at..at + 3].try_into().unwrap()
    }
}

fn hex(colour: &str) -> [u8; 3] {
    let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
    [part(1), part(3), part(5)]
}

/// Every cell of the matrix has its colour at its corners, and letters in its middle; the names of areas are written too.
#[test]
fn a_png_shows_its_svg() {
    let scenario = load("takeoff");
    let svg = matrix_svg(&scenario, &run(&scenario, 20_000), false);
    let pixels = Pixels::read(&png(&svg).unwrap());
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let number = |node: &roxmltree::Node, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let root = tree.root_element();
    assert_eq!(pixels.width as f64, 2.0 * number(&root, "width"));
    assert_eq!(pixels.height as f64, (2.0 * number(&root, "height")).ceil());
    // Light, whatever the reader prefers.
    assert_eq!(pixels.at(1.0, 1.0), [255, 255, 255]);
    let moved = tree.descendants().find(|node| node.has_tag_name("g")).unwrap();
    let by: Vec<f64> = moved
        .attribute("transform")
        .unwrap()
        .trim_start_matches("translate(")
        .trim_end_matches(')')
        .split(' ')
        .map(|x| x.parse().unwrap())
        .collect();
    let mut cells = 0;
    for cell in
        moved.children().filter(|node| node.has_tag_name("rect") && node.attribute("fill") != Some("none"))
    {
        let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(&cell, name));
        let (x, y) = (x + by[0], y + by[1]);
        let fill = hex(cell.attribute("fill").unwrap());
        for (across, down) in [(0.1, 0.15), (0.9, 0.15), (0.1, 0.85), (0.9, 0.85)] {
            let there = pixels.at(2.0 * (x + across * width), 2.0 * (y + down * height));
            assert_eq!(there, fill, "cell {cells}");
        }
        let middle = 2.0 * (y + height / 2.0);
        let inked = (0..(2.0 * width) as usize)
            .filter(|&dx| pixels.at(2.0 * x + 2.0 + (dx as f64).min(2.0 * width - 6.0), middle) != fill);
        assert!(inked.count() >= 8, "cell {cells} has no number in it");
        cells += 1;
    }
    assert_eq!(cells, 25);
    let dark = |pixel: &[u8]| pixel[..3].iter().all(|&channel| channel < 100);
    let title = &pixels.bytes[4 * pixels.width * 30..4 * pixels.width * 70];
    assert!(title.chunks_exact(4).filter(|pixel| dark(pixel)).count() > 1_000, "the finding is written");
}

#[test]
fn pictures_are_exported_as_png() {
    let folder = folder("png");
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let takeoff = "scenarios/takeoff.ron";
    let pair = ["--pair", "ai_control", "post_training"];
    let exports: [(&[&str], &str); 7] = [
        (&["run", takeoff], "my-matrix.png"),
        (&["run", takeoff], "ranks.png"),
        (&["run", takeoff], "worlds.png"),
        (&["sweep", takeoff, "--vary", "weight.insight = [1, 2]"], "sweep.png"),
        (&["levers", takeoff], "levers.png"),
        (&["rankings", takeoff], "rankings.png"),
        (&[&["sensitivity", takeoff], &pair[..]].concat(), "tornado.png"),
    ];
    for (command, name) in exports {
        let path = file(name);
        let found = output(&[command, &["-n", "2000", "-q", "--export", &path]].concat());
        assert!(found.status.success(), "{name}: {}", text(&found.stderr));
        let pixels = Pixels::read(&std::fs::read(&path).unwrap());
        assert_eq!(pixels.width, 1440, "{name}");
        assert!(pixels.height > 400, "{name}");
    }
    // There is no such picture, or no such name.
    for name in ["levers.png", "picture.png", "sweep.png"] {
        let path = file(&format!("no-{name}"));
        let refused = output(&["run", takeoff, "-n", "2000", "--export", &path]);
        assert_eq!(refused.status.code(), Some(2), "{name}");
        assert!(text(&refused.stderr).contains("pictures also end in .png"), "{}", text(&refused.stderr));
        assert!(!std::path::Path::new(&path).exists());
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_no_picture_is_refused() {
    assert!(matches!(png("<html/>"), Err(PngError::Svg(_))));
    assert!(matches!(png("<svg"), Err(PngError::Svg(_))));
    assert!(matches!(png(""), Err(PngError::Svg(_))));
}

/// The largest picture that a scenario can have is smaller, and still a picture.
#[test]
fn a_large_picture_is_rendered_smaller() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"12000\" height=\"9000\"><rect width=\"100%\" height=\"100%\" fill=\"#0e4b8f\"/></svg>";
    let png = png(svg).unwrap();
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert!((6_000..12_000).contains(&number(16)), "{}", number(16));
    assert_eq!((f64::from(number(16)) / f64::from(number(20)) * 100.0).round(), 133.0);
}
