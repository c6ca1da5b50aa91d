//! What the editor can do, and what we offer it.

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities,
    DiagnosticTag, FoldingRangeProviderCapability, HoverProviderCapability, OneOf, PositionEncodingKind, SaveOptions, SemanticTokensFullOptions,
    SemanticTokensOptions, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
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
    /// How it takes an edit with places to fill in.
    pub snippet_edits: SnippetEdits,
    /// Whether it asks for the edit of an action when the action is chosen.
    pub resolves_edits: bool,
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

/// How an editor takes an edit with places to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SnippetEdits {
    /// Not at all: the gaps stand in the text.
    None,
    /// As version 3.18 of the protocol has it.
    Standard,
    /// As a text edit that says that it is a snippet: the way of rust-analyzer, which some editors know from there.
    Marked,
}

impl Client {
    /// Reads `initialize` as it came: a field of an unexpected shape is as good as none, and takes no other with it.
    pub(super) fn new(initialize: &Value) -> Client {
        let text_document = |pointer: &str| initialize.pointer(&format!("/capabilities/textDocument/{pointer}"));
        let workspace = |pointer: &str| initialize.pointer(&format!("/capabilities/workspace/{pointer}"));
        let can = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or(false);
        let lists = |value: Option<&Value>, wanted: &str| {
            value.and_then(Value::as_array).is_some_and(|values| values.iter().any(|value| value.as_str() == Some(wanted)))
        };
        let encodings = initialize.pointer("/capabilities/general/positionEncodings");
        let faded = text_document("publishDiagnostics/tagSupport/valueSet").and_then(Value::as_array);
        let unnecessary = serde_json::to_value(DiagnosticTag::UNNECESSARY).unwrap_or_default();
        let versioned_edits = can(workspace("workspaceEdit/documentChanges"));
        // Both ways are told for edits to a version of a document only.
        let snippet_edits = match (can(workspace("workspaceEdit/snippetEditSupport")), can(initialize.pointer("/capabilities/experimental/snippetTextEdit"))) {
            (true, _) if versioned_edits => SnippetEdits::Standard,
            (_, true) if versioned_edits => SnippetEdits::Marked,
            _ => SnippetEdits::None,
        };
        Client {
            encoding: negotiated(|kind| lists(encodings, kind.as_str())),
            pulls: text_document("diagnostic").is_some_and(Value::is_object),
            related: can(text_document("publishDiagnostics/relatedInformation")),
            tags: faded.is_some_and(|tags| tags.contains(&unnecessary)),
            nested_symbols: can(text_document("documentSymbol/hierarchicalDocumentSymbolSupport")),
            versioned_edits,
            snippet_edits,
            resolves_edits: lists(text_document("codeAction/resolveSupport/properties"), "edit") && can(text_document("codeAction/dataSupport")),
            markdown: lists(text_document("hover/contentFormat"), "markdown"),
            snippets: can(text_document("completion/completionItem/snippetSupport")),
            configuration: can(workspace("configuration")),
            registers_configuration: can(workspace("didChangeConfiguration/dynamicRegistration")),
            watches: can(workspace("didChangeWatchedFiles/dynamicRegistration")),
            watches_elsewhere: can(workspace("didChangeWatchedFiles/relativePatternSupport")),
            refreshes: Refreshes {
                diagnostics: can(workspace("diagnostics/refreshSupport")),
                hints: can(workspace("inlayHint/refreshSupport")),
                tokens: can(workspace("semanticTokens/refreshSupport")),
                lenses: can(workspace("codeLens/refreshSupport")),
            },
            figures: can(initialize.pointer("/initializationOptions/figures")),
            explains: can(initialize.pointer("/initializationOptions/explain")),
        }
    }
}

/// UTF-8 if the editor can, since it is what we hold; else the first that we both know. The protocol's default is UTF-16.
fn negotiated(offers: impl Fn(&PositionEncodingKind) -> bool) -> Encoding {
    let known = [(PositionEncodingKind::UTF8, Encoding::Utf8), (PositionEncodingKind::UTF32, Encoding::Utf32), (PositionEncodingKind::UTF16, Encoding::Utf16)];
    known.into_iter().find(|(kind, _)| offers(kind)).map_or(Encoding::Utf16, |(_, encoding)| encoding)
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
    let diagnostics = DiagnosticOptions {
        identifier: Some("upr".to_owned()),
        workspace_diagnostics: true,
        work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
        ..DiagnosticOptions::default()
    };
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
            resolve_provider: Some(client.resolves_edits),
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
