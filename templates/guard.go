package templates

import (
	"bytes"
	"strconv"
	"text/template"
	"text/template/parse"
)

// What one text may come to before it is taken for a mistake.
const (
	maxBytes = 64 << 10 // of a template file, of what it writes, of one string it puts together
	maxSteps = 10_000   // rounds of {{range}} and calls of {{template}} in one text
)

// escaper is the name under which guarded templates call escape; it is made known after parsing, so no file can call it.
const escaper = "_escape"

// step begins the text of a node that tells the writer a round or a call, and its line. No template has it, for it is not UTF-8.
const step = '\xff'

// guard rewrites a parsed template: every {{…}} that prints is escaped, every round and call is counted.
func guard(t *template.Template) {
	t.Funcs(template.FuncMap{escaper: escape})
	for _, each := range t.Templates() {
		if each.Tree != nil {
			guardList(each.Root)
		}
	}
}

func guardList(list *parse.ListNode) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, node := range list.Nodes {
		if call, ok := node.(*parse.TemplateNode); ok {
			nodes = append(nodes, stepNode(call.Pos, call.Line))
		}
		guardNode(node)
		nodes = append(nodes, node)
	}
	list.Nodes = nodes
}

func guardNode(node parse.Node) {
	switch n := node.(type) {
	case *parse.ActionNode:
		escapeAction(n)
	case *parse.IfNode:
		guardBranch(&n.BranchNode)
	case *parse.WithNode:
		guardBranch(&n.BranchNode)
	case *parse.RangeNode:
		guardBranch(&n.BranchNode)
		n.List.Nodes = append([]parse.Node{stepNode(n.Pos, n.Line)}, n.List.Nodes...)
	}
}

func guardBranch(n *parse.BranchNode) {
	guardList(n.List)
	guardList(n.ElseList)
}

// escapeAction appends the escaper to a pipeline, as html/template does; {{$x := …}} prints nothing and is left alone.
func escapeAction(n *parse.ActionNode) {
	if len(n.Pipe.Decl) > 0 {
		return
	}
	n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{
		NodeType: parse.NodeCommand,
		Pos:      n.Pos,
		Args:     []parse.Node{parse.NewIdentifier(escaper).SetTree(nil).SetPos(n.Pos)},
	})
}

func stepNode(pos parse.Pos, line int) *parse.TextNode {
	return &parse.TextNode{NodeType: parse.NodeText, Pos: pos, Text: append([]byte{step}, strconv.Itoa(line)...)}
}

// limitedWriter keeps what a template writes and stops one that does not come to an end.
type limitedWriter struct {
	out   bytes.Buffer
	steps int
	line  int // of the last step
}

func (w *limitedWriter) Write(b []byte) (int, error) {
	if len(b) > 0 && b[0] == step {
		w.steps++
		w.line, _ = strconv.Atoi(string(b[1:]))
		if w.steps > maxSteps {
			return 0, &limitError{w.line, "more than 10000 rounds of {{range}} and calls of {{template}}"}
		}
		return len(b), nil
	}
	if w.out.Len()+len(b) > maxBytes {
		return 0, &limitError{max(w.line, 1), "the text grows over 64 KB"}
	}
	return w.out.Write(b)
}

// limitError says which limit was passed, and the line of the loop or call that did it.
type limitError struct {
	line int
	text string
}

func (e *limitError) Error() string { return e.text }
