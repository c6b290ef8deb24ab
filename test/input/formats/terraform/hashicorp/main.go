// Reads a JSON list of texts, and writes for each the nodes that HashiCorp's own parser sees in it, one a string: its
// kind, where it begins and ends in UTF-8 bytes, and its value. Null for a text that it refuses.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

type answer struct {
	Text  string   `json:"text"`
	Nodes []string `json:"nodes"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for _, text := range texts {
		file, diags := hclsyntax.ParseConfig([]byte(text), "", hcl.InitialPos)
		found := answer{Text: text}
		if !diags.HasErrors() {
			nodes = []string{}
			body(file.Body.(*hclsyntax.Body))
			sort.Strings(nodes)
			found.Nodes = nodes
		}
		out.Encode(found)
	}
}

var nodes []string

func add(kind string, at hcl.Range, value string) {
	nodes = append(nodes, fmt.Sprintf("%s %d %d %s", kind, at.Start.Byte, at.End.Byte, value))
}

func body(b *hclsyntax.Body) {
	for _, a := range b.Attributes {
		add("attribute", a.SrcRange, quoted(a.Name))
		expression(a.Expr)
	}
	for _, each := range b.Blocks {
		add("block", hcl.RangeBetween(each.TypeRange, each.CloseBraceRange), quoted(append([]string{each.Type}, each.Labels...)))
		for _, at := range each.LabelRanges {
			add("label", at, "")
		}
		body(each.Body)
	}
}

func expression(e hclsyntax.Expression) {
	switch x := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		add("literal", x.SrcRange, value(x.Val))
	case *hclsyntax.TemplateExpr:
		parts := joined(x.Parts)
		add("template", x.SrcRange, fmt.Sprint(len(parts)))
		all(parts)
	case *hclsyntax.TemplateWrapExpr:
		add("interpolation", x.SrcRange, "")
		expression(x.Wrapped)
	case *hclsyntax.TemplateJoinExpr:
		expression(x.Tuple)
	case *hclsyntax.ScopeTraversalExpr:
		add("variable", x.SrcRange, steps(x.Traversal))
	case *hclsyntax.RelativeTraversalExpr:
		if _, ok := x.Source.(*hclsyntax.AnonSymbolExpr); ok {
			return
		}
		add("access", x.SrcRange, steps(x.Traversal))
		expression(x.Source)
	case *hclsyntax.FunctionCallExpr:
		add("call", hcl.RangeBetween(x.NameRange, x.CloseParenRange), fmt.Sprintf("%s %v", quoted(x.Name), x.ExpandFinal))
		all(x.Args)
	case *hclsyntax.ConditionalExpr:
		add("conditional", x.SrcRange, "")
		all([]hclsyntax.Expression{x.Condition, x.TrueResult, x.FalseResult})
	case *hclsyntax.IndexExpr:
		add("index", x.SrcRange, "")
		all([]hclsyntax.Expression{x.Collection, x.Key})
	case *hclsyntax.TupleConsExpr:
		add("tuple", x.SrcRange, fmt.Sprint(len(x.Exprs)))
		all(x.Exprs)
	case *hclsyntax.ObjectConsExpr:
		add("object", x.SrcRange, fmt.Sprint(len(x.Items)))
		for _, item := range x.Items {
			all([]hclsyntax.Expression{item.KeyExpr, item.ValueExpr})
		}
	case *hclsyntax.ObjectConsKeyExpr:
		expression(x.Wrapped)
	case *hclsyntax.ForExpr:
		add("for", x.SrcRange, fmt.Sprintf("%s %v", quoted([]string{x.KeyVar, x.ValVar}), x.Group))
		expression(x.CollExpr)
		if x.KeyExpr != nil {
			expression(x.KeyExpr)
		}
		expression(x.ValExpr)
		if x.CondExpr != nil {
			expression(x.CondExpr)
		}
	case *hclsyntax.SplatExpr:
		add("splat", x.SrcRange, "")
		all([]hclsyntax.Expression{x.Source, x.Each})
	case *hclsyntax.AnonSymbolExpr:
	case *hclsyntax.BinaryOpExpr:
		add("binary", x.SrcRange, "")
		all([]hclsyntax.Expression{x.LHS, x.RHS})
	case *hclsyntax.UnaryOpExpr:
		add("unary", x.SrcRange, "")
		expression(x.Val)
	case *hclsyntax.ParenthesesExpr:
		add("parentheses", x.SrcRange, "")
		expression(x.Expression)
	default:
		panic(fmt.Sprintf("%T", e))
	}
}

func all(list []hclsyntax.Expression) {
	for _, each := range list {
		expression(each)
	}
}

// A text with a lone dollar or percent sign in it comes as several literals: on one line they are one.
func joined(parts []hclsyntax.Expression) []hclsyntax.Expression {
	var out []hclsyntax.Expression
	for _, part := range parts {
		if len(out) > 0 {
			before, isText := out[len(out)-1].(*hclsyntax.LiteralValueExpr)
			next, isNextText := part.(*hclsyntax.LiteralValueExpr)
			if isText && isNextText && before.SrcRange.End == next.SrcRange.Start && before.SrcRange.End.Line == before.SrcRange.Start.Line {
				text := before.Val.AsString() + next.Val.AsString()
				at := hcl.RangeBetween(before.SrcRange, next.SrcRange)
				out[len(out)-1] = &hclsyntax.LiteralValueExpr{Val: cty.StringVal(text), SrcRange: at}
				continue
			}
		}
		out = append(out, part)
	}
	return out
}

func steps(traversal hcl.Traversal) string {
	text := ""
	for _, step := range traversal {
		switch x := step.(type) {
		case hcl.TraverseRoot:
			text += x.Name
		case hcl.TraverseAttr:
			text += "." + x.Name
		case hcl.TraverseIndex:
			text += "[" + value(x.Key) + "]"
		}
	}
	return quoted(text)
}

func value(v cty.Value) string {
	switch {
	case v.IsNull():
		return "null"
	case v.Type() == cty.String:
		return quoted(v.AsString())
	case v.Type() == cty.Bool:
		return fmt.Sprint(v.True())
	}
	number, _ := v.AsBigFloat().Float64()
	return quoted(number)
}

func quoted(v any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.Encode(v)
	return string(bytes.TrimSpace(out.Bytes()))
}
