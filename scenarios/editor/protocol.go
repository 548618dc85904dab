package editor

import (
	"weir/model/language"
)

// The types below are those of the Language Server Protocol 3.17 that this server uses. They are
// written out here, since the libraries that have all of them are larger than the server.

type textRange struct {
	Start language.Position `json:"start"`
	End   language.Position `json:"end"`
}

type location struct {
	URI   string    `json:"uri"`
	Range textRange `json:"range"`
}

type documentID struct {
	URI string `json:"uri"`
}

// A pointed request is one about a position of a document.
type pointed struct {
	TextDocument documentID        `json:"textDocument"`
	Position     language.Position `json:"position"`
	Context      struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	} `json:"context"`
	NewName string `json:"newName"`
}

type opened struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version int    `json:"version"`
		Text    string `json:"text"`
	} `json:"textDocument"`
}

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
	hint     string    // of which code actions are made
}

type related struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

type findings struct {
	URI         string    `json:"uri"`
	Version     *int      `json:"version,omitempty"`
	Diagnostics []finding `json:"diagnostics"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type hover struct {
	Contents markup    `json:"contents"`
	Range    textRange `json:"range"`
}

type textEdit struct {
	Range   textRange `json:"range"`
	NewText string    `json:"newText"`
}

type workspaceEdit struct {
	DocumentChanges []documentEdit `json:"documentChanges"`
}

// A documentEdit changes one document; a version makes a client refuse it for another text. It is nil
// for a file that is not open.
type documentEdit struct {
	TextDocument struct {
		URI     string `json:"uri"`
		Version *int   `json:"version"`
	} `json:"textDocument"`
	Edits []textEdit `json:"edits"`
}

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

type completionItem struct {
	Label         string    `json:"label"`
	Kind          int       `json:"kind"`
	Detail        string    `json:"detail,omitempty"`
	Documentation *markup   `json:"documentation,omitempty"`
	Edit          *textEdit `json:"textEdit,omitempty"`
	sort          string
}

type symbol struct {
	Name      string    `json:"name"`
	Detail    string    `json:"detail,omitempty"`
	Kind      int       `json:"kind"`
	Range     textRange `json:"range"`
	Selection textRange `json:"selectionRange"`
	Children  []symbol  `json:"children,omitempty"`
}

type folding struct {
	StartLine int    `json:"startLine"`
	EndLine   int    `json:"endLine"`
	Kind      string `json:"kind,omitempty"`
}

type actions struct {
	TextDocument documentID `json:"textDocument"`
	Range        textRange  `json:"range"`
}

type action struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	Diagnostics []finding     `json:"diagnostics"`
	Preferred   bool          `json:"isPreferred"`
	Edit        workspaceEdit `json:"edit"`
}

// capabilities is the answer to initialize.
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
