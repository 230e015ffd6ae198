//! Pictures as PNG, for forums and mail that take no SVG: the text of a picture, rendered with the fonts that lie in `font`.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::sync::Arc;

const REGULAR: &[u8] = include_bytes!("font/PictureSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("font/PictureSans-Bold.ttf");
const FAMILY: &str = "Picture Sans";
/// Points of a picture per pixel, so that it is sharp on the screens of today.
const SCALE: f32 = 2.0;
/// Points that a picture has at most; a larger one gets a smaller scale.
const MOST: f32 = 40e6;

/// The reason why a picture is no PNG.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The text cannot be read as SVG.
    #[error("it is not a picture in SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// The picture has no size.
    #[error("the picture has no size")]
    Empty,
    /// The pixels cannot be encoded.
    #[error("its pixels cannot be encoded: {0}")]
    Encode(String),
}

/// Renders a picture that one of the functions beside this one has drawn; a text that no font has letters for is left out.
///
/// # Errors
/// Returns an error if the text is not SVG.
pub fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    let mut options = Options { font_family: FAMILY.into(), ..Options::default() };
    let fonts = Arc::make_mut(&mut options.fontdb);
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(BOLD.to_vec());
    // Names of fonts that a browser knows end in this one.
    fonts.set_sans_serif_family(FAMILY);
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let scale = SCALE.min((MOST / (size.width() * size.height())).sqrt());
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height())).ok_or(PngError::Empty)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|why| PngError::Encode(why.to_string()))
}
