//! What the editor can do, and what we offer it.

use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions, DiagnosticOptions,
    DiagnosticServerCapabilities, DiagnosticTag, FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, OneOf, PositionEncodingKind,
    SaveOptions, SemanticTokensFullOptions, SemanticTokensOptions, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde_json::{Value, json};

use crate::text::lines::Encoding;

use super::{actions, completion, tokens};

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
    /// Whether it shows faded what is of no use.
    pub tags: bool,
    /// Whether symbols may be nested.
    pub nested_symbols: bool,
    /// Whether it takes edits only for the version of a document that they were made for.
    pub versioned_edits: bool,
    /// Whether hover texts may be Markdown.
    pub markdown: bool,
    /// Whether completions may have places to fill in.
    pub snippets: bool,
    /// Whether it answers what the user has set.
    pub configuration: bool,
    /// Whether it has to be asked to tell when settings change.
    pub registers_configuration: bool,
    /// Whether it tells when files change, if it is asked to.
    pub watches: bool,
    /// Whether it can watch a folder outside those that are open in it.
    pub watches_elsewhere: bool,
    /// What it asks for again when it is told to.
    pub refreshes: Refreshes,
    /// Whether it wants the figures of each brief: our own extension has a place for them.
    pub figures: bool,
    /// Whether it can show the page of a rule under an address of our own.
    pub explains: bool,
}

/// What an editor asks for again when it is told that it has changed.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own, as the protocol lists them")]
pub(super) struct Refreshes {
    pub diagnostics: bool,
    pub hints: bool,
    pub tokens: bool,
    pub lenses: bool,
}

impl Client {
    /// Reads `initialize`, which is there as it came, too: `lsp_types` has other names for some fields than the protocol.
    pub(super) fn new(params: &InitializeParams, raw: &Value) -> Client {
        let ClientCapabilities { text_document, workspace, general, .. } = &params.capabilities;
        let text_document = text_document.clone().unwrap_or_default();
        let workspace = workspace.clone().unwrap_or_default();
        let encodings = general.as_ref().and_then(|general| general.position_encodings.clone()).unwrap_or_default();
        let can = |pointer: &str| raw.pointer(pointer).and_then(Value::as_bool).unwrap_or(false);
        let published = text_document.publish_diagnostics.unwrap_or_default();
        Client {
            encoding: negotiated(&encodings),
            pulls: text_document.diagnostic.is_some(),
            related: published.related_information.unwrap_or(false),
            tags: published.tag_support.is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY)),
            nested_symbols: text_document.document_symbol.and_then(|symbol| symbol.hierarchical_document_symbol_support).unwrap_or(false),
            versioned_edits: workspace.workspace_edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            markdown: text_document.hover.and_then(|hover| hover.content_format).is_some_and(|formats| formats.contains(&lsp_types::MarkupKind::Markdown)),
            snippets: can("/capabilities/textDocument/completion/completionItem/snippetSupport"),
            configuration: workspace.configuration.unwrap_or(false),
            registers_configuration: can("/capabilities/workspace/didChangeConfiguration/dynamicRegistration"),
            watches: can("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
            watches_elsewhere: can("/capabilities/workspace/didChangeWatchedFiles/relativePatternSupport"),
            refreshes: Refreshes {
                diagnostics: can("/capabilities/workspace/diagnostics/refreshSupport"),
                hints: can("/capabilities/workspace/inlayHint/refreshSupport"),
                tokens: can("/capabilities/workspace/semanticTokens/refreshSupport"),
                lenses: can("/capabilities/workspace/codeLens/refreshSupport"),
            },
            figures: can("/initializationOptions/figures"),
            explains: can("/initializationOptions/explain"),
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
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    };
    let diagnostics = DiagnosticOptions { identifier: Some("upr".to_owned()), workspace_diagnostics: true, ..DiagnosticOptions::default() };
    let folders = WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(OneOf::Left(true)) };
    let tokens = SemanticTokensOptions {
        legend: tokens::legend(),
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(kind_of(client.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        diagnostic_provider: client.pulls.then_some(DiagnosticServerCapabilities::Options(diagnostics)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, actions::FIX_ALL]),
            ..CodeActionOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        inlay_hint_provider: Some(OneOf::Left(true)),
        semantic_tokens_provider: Some(tokens.into()),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        workspace: Some(WorkspaceServerCapabilities { workspace_folders: Some(folders), ..WorkspaceServerCapabilities::default() }),
        ..ServerCapabilities::default()
    };
    json!({
        "capabilities": capabilities,
        "serverInfo": { "name": "upr", "version": env!("CARGO_PKG_VERSION") },
    })
}
