package read

import (
	"weir/model/document"
	"weir/model/keys"
)

// readChannels reads every [channel.x].
func readChannels(r *reader) {
	for _, t := range r.root.Tables("channel") {
		c := &document.Channel{Name: t.Name, Label: t.String("label"), About: t.String("about"),
			Higher: t.String("higher"), Lower: t.String("lower"), Span: t.Span}
		for _, text := range t.Texts("through") {
			c.Through = append(c.Through, text.Text)
			c.Spans = append(c.Spans, text.Span)
		}
		t.Done(keys.Channel)
		r.m.Channels = append(r.m.Channels, c)
	}
}

// mergeChannel adds a channel of a module.
func (r moduleReader) mergeChannel(c *document.Channel, mod *document.Module) {
	c.Name = mod.Name + "." + c.Name
	for i, name := range c.Through {
		c.Through[i] = mod.Name + "." + name
	}
	r.m.Channels = append(r.m.Channels, c)
}
