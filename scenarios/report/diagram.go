package report

import "html/template"

func (b *builder) diagram() (template.HTML, table) { return "", table{} }
