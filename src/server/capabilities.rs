//! What the editor can do, and what we offer it.

use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, DiagnosticOptions, DiagnosticServerCapabilities,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, OneOf, PositionEncodingKind, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind,
};
use serde_json::{Value, json};

use crate::text::lines::Encoding;

/// What we need to know of the editor.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own, as the protocol lists them")]
pub(super) struct Client {
    /// The unit in which columns are counted.
    pub encoding: Encoding,
    /// Whether it asks for diagnostics itself.
    pub pulls: bool,
    /// Whether it shows a second place of a diagnostic.
    pub related: bool,
    /// Whether symbols may be nested.
    pub nested_symbols: bool,
    /// Whether it takes edits only for the version of a document that they were made for.
    pub versioned_edits: bool,
    /// Whether hover texts may be Markdown.
    pub markdown: bool,
    /// Whether it wants the figures of each brief: our own extension has a place for them.
    pub figures: bool,
}

impl Client {
    pub(super) fn new(params: &InitializeParams) -> Client {
        let ClientCapabilities { text_document, workspace, general, .. } = &params.capabilities;
        let text_document = text_document.clone().unwrap_or_default();
        let encodings = general.as_ref().and_then(|general| general.position_encodings.clone()).unwrap_or_default();
        Client {
            encoding: negotiated(&encodings),
            pulls: text_document.diagnostic.is_some(),
            related: text_document.publish_diagnostics.and_then(|publish| publish.related_information).unwrap_or(false),
            nested_symbols: text_document.document_symbol.and_then(|symbol| symbol.hierarchical_document_symbol_support).unwrap_or(false),
            versioned_edits: workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref()).and_then(|edit| edit.document_changes).unwrap_or(false),
            markdown: text_document.hover.and_then(|hover| hover.content_format).is_some_and(|formats| formats.contains(&lsp_types::MarkupKind::Markdown)),
            figures: params.initialization_options.as_ref().and_then(|options| options.get("figures")).and_then(Value::as_bool).unwrap_or(false),
        }
    }
}

/// UTF-8 if the editor can, since it is what we hold; else the first that we both know. The protocol's default is UTF-16.
fn negotiated(offered: &[PositionEncodingKind]) -> Encoding {
    let known = [(PositionEncodingKind::UTF8, Encoding::Utf8), (PositionEncodingKind::UTF32, Encoding::Utf32), (PositionEncodingKind::UTF16, Encoding::Utf16)];
    known.into_iter().find(|(kind, _)| offered.contains(kind)).map_or(Encoding::Utf16, |(_, encoding)| encoding)
}

fn kind_of(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// The answer to `initialize`.
pub(super) fn offered(client: &Client) -> Value {
    let capabilities = ServerCapabilities {
        position_encoding: Some(kind_of(client.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        diagnostic_provider: client
            .pulls
            .then(|| DiagnosticServerCapabilities::Options(DiagnosticOptions { identifier: Some("upr".to_owned()), ..DiagnosticOptions::default() })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        ..ServerCapabilities::default()
    };
    json!({
        "capabilities": capabilities,
        "serverInfo": { "name": "upr", "version": env!("CARGO_PKG_VERSION") },
    })
}
