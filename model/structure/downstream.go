package structure

import "weir/model/resolved"

// Downstream returns the variables whose numbers depend on some others, in the order of the
// model, those others among them. It returns nil for no names. Names that the model does not have
// are passed over. Initial values count as influences here.
func Downstream(r *resolved.Model, from []string) []string {
	if len(from) == 0 {
		return nil
	}
	g := Links(r, nil)
	next := map[string][]string{}
	for _, l := range g.Links {
		next[l.From.Name] = append(next[l.From.Name], l.To.Name)
	}
	reached := map[string]bool{}
	for queue := from; len(queue) > 0; queue = queue[1:] {
		if name := queue[0]; !reached[name] {
			reached[name] = true
			queue = append(queue, next[name]...)
		}
	}
	var out []string
	for _, n := range g.Nodes {
		if reached[n.Name] {
			out = append(out, n.Name)
		}
	}
	return out
}
