package editor

import (
	"weir/model/language"
)

// The types below are those of the Language Server Protocol 3.17 that this server uses. They are
// written out here, since the libraries that have all of them are larger than the server.

// A textRange is the half-open range of positions [Start, End).
type textRange struct {
	Start language.Position `json:"start"`
	End   language.Position `json:"end"`
}

// A location is a place in a file, open or not.
type location struct {
	URI   string    `json:"uri"`
	Range textRange `json:"range"`
}

// A documentID names a document; requests about the whole of it have no more.
type documentID struct {
	URI string `json:"uri"`
}

// A pointed request is one about a position of a document. NewName is that of a rename, and Context
// that of references; both are empty in other requests.
type pointed struct {
	TextDocument documentID        `json:"textDocument"`
	Position     language.Position `json:"position"`
	Context      struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	} `json:"context"`
	NewName string `json:"newName"`
}

// opened has the whole text of a document, which is the editor's from now on.
type opened struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version int    `json:"version"`
		Text    string `json:"text"`
	} `json:"textDocument"`
}

// changed has the edits that lead from the last version of a document to this one, each about the
// text that the one before it has left. An edit without a range is a new text.
type changed struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version int    `json:"version"`
	} `json:"textDocument"`
	ContentChanges []struct {
		Range *textRange `json:"range"`
		Text  string     `json:"text"`
	} `json:"contentChanges"`
}

// initialize says where the files of the workspace are. Of the three ways to say it the first that
// is there counts; an editor without a folder says none.
type initialize struct {
	RootURI          string `json:"rootUri"`
	RootPath         string `json:"rootPath"`
	WorkspaceFolders []struct {
		URI string `json:"uri"`
	} `json:"workspaceFolders"`
}

// A finding is a diagnostic of the protocol. Severities are 1 for errors, 2 for warnings and 3 for
// notes.
type finding struct {
	Range    textRange `json:"range"`
	Severity int       `json:"severity"`
	Code     string    `json:"code"`
	Source   string    `json:"source"`
	Message  string    `json:"message"`
	Related  []related `json:"relatedInformation,omitempty"`
	// hint is that of the diagnostic, of which a code action may be made. It is not sent by itself,
	// since the message has it.
	hint string
}

// A related place explains a finding: the first of two declarations.
type related struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

// findings are all that is published about a document. An empty list, which is not null, takes the
// last ones away. Version is that of the text that was checked; nil for a file that is not open.
type findings struct {
	URI         string    `json:"uri"`
	Version     *int      `json:"version,omitempty"`
	Diagnostics []finding `json:"diagnostics"`
}

// markup is Markdown, unless its kind says that it is plain text.
type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// A hover is shown while the pointer is in its range.
type hover struct {
	Contents markup    `json:"contents"`
	Range    textRange `json:"range"`
}

// A textEdit puts a text in the place of a range; an empty range is an insertion.
type textEdit struct {
	Range   textRange `json:"range"`
	NewText string    `json:"newText"`
}

// A workspaceEdit changes several documents, all or none.
type workspaceEdit struct {
	DocumentChanges []documentEdit `json:"documentChanges"`
}

// A documentEdit changes one document; a version makes a client refuse it for another text. It is
// nil for a file that is not open.
type documentEdit struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version *int   `json:"version"`
	} `json:"textDocument"`
	Edits []textEdit `json:"edits"`
}

// A completion is a list of items. Incomplete says that there are more, so that the editor asks
// again when another letter narrows them.
type completion struct {
	Incomplete bool             `json:"isIncomplete"`
	Items      []completionItem `json:"items"`
}

// Kinds of completion items, as the protocol numbers them.
const (
	itemFunction = 3
	itemVariable = 6
	itemModule   = 9
	itemProperty = 10
	itemUnit     = 11
	itemValue    = 12
	itemConstant = 21
	itemTable    = 22
)

// A completionItem has the edit that it stands for, so that the editor's own notion of a word does
// not matter: teachers.practice is one here. Items are sent in their order; sort is how it is
// found.
type completionItem struct {
	Label         string    `json:"label"`
	Kind          int       `json:"kind"`
	Detail        string    `json:"detail,omitempty"`
	Documentation *markup   `json:"documentation,omitempty"`
	Edit          *textEdit `json:"textEdit,omitempty"`
	sort          string
}

// A symbol is a table in the outline of a document. Selection is its header, and lies in Range, as
// the protocol demands.
type symbol struct {
	Name      string    `json:"name"`
	Detail    string    `json:"detail,omitempty"`
	Kind      int       `json:"kind"`
	Range     textRange `json:"range"`
	Selection textRange `json:"selectionRange"`
	Children  []symbol  `json:"children,omitempty"`
}

// A folding is a range of lines that an editor may fold into the first of them.
type folding struct {
	StartLine int    `json:"startLine"`
	EndLine   int    `json:"endLine"`
	Kind      string `json:"kind,omitempty"`
}

// actions asks for the edits that take away findings in a range.
type actions struct {
	TextDocument documentID `json:"textDocument"`
	Range        textRange  `json:"range"`
}

// An action is such an edit, with the findings that it answers.
type action struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	Diagnostics []finding     `json:"diagnostics"`
	Preferred   bool          `json:"isPreferred"`
	Edit        workspaceEdit `json:"edit"`
}

// capabilities is the answer to initialize. Columns are in UTF-16 units, which every editor knows;
// edits come one by one (2), so that a letter in a large model is a small message.
var capabilities = map[string]any{
	"positionEncoding":           "utf-16",
	"textDocumentSync":           map[string]any{"openClose": true, "change": 2, "save": false},
	"hoverProvider":              true,
	"definitionProvider":         true,
	"referencesProvider":         true,
	"documentHighlightProvider":  true,
	"documentSymbolProvider":     true,
	"documentFormattingProvider": true,
	"foldingRangeProvider":       true,
	"renameProvider":             map[string]any{"prepareProvider": true},
	"completionProvider":         map[string]any{"triggerCharacters": []string{"[", ".", "\"", "="}},
	"codeActionProvider":         map[string]any{"codeActionKinds": []string{"quickfix"}},
}
