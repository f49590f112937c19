using System.Collections.Frozen;

namespace Lectern.Courses.Formulas;

/// <summary>The vocabulary: which command or character is which sign, letter, function or delimiter.</summary>
internal static class TexSymbols
{
    public static readonly FrozenDictionary<string, Symbol> Commands = Read(
        (SymbolKind.Binary, "cdot ⋅, times ×, div ÷, pm ±, mp ∓, ast ∗, star ⋆, circ ∘, bullet ∙, cup ∪, cap ∩, setminus ∖, land ∧, wedge ∧, lor ∨, vee ∨, oplus ⊕, otimes ⊗"),
        (SymbolKind.Relation, "le ≤, leq ≤, leqslant ≤, ge ≥, geq ≥, geqslant ≥, lt <, gt >, ne ≠, neq ≠, approx ≈, equiv ≡, sim ∼, simeq ≃, cong ≅, propto ∝, ll ≪, gg ≫, in ∈, notin ∉, ni ∋, "
            + "subset ⊂, subseteq ⊆, supset ⊃, supseteq ⊇, parallel ∥, perp ⊥, mid ∣, nmid ∤, colon :"),
        (SymbolKind.Arrow, "to →, rightarrow →, longrightarrow ⟶, leftarrow ←, gets ←, longleftarrow ⟵, leftrightarrow ↔, Rightarrow ⇒, Longrightarrow ⇒, implies ⇒, Leftarrow ⇐, impliedby ⇐, "
            + "Leftrightarrow ⇔, iff ⇔, rightleftharpoons ⇌, mapsto ↦, uparrow ↑, downarrow ↓"),
        (SymbolKind.Ordinary, "infty ∞, emptyset ∅, varnothing ∅, angle ∠, triangle △, partial ∂, nabla ∇, forall ∀, exists ∃, neg ¬, lnot ¬, hbar ℏ, ell ℓ, prime ′, degree °, % %, $ $, # #, & &, _ _, "
            + "dots …, ldots …, dotsc …, cdots ⋯, dotsb ⋯, vdots ⋮, ddots ⋱, therefore ∴, square □, blacksquare ■, checkmark ✓"),
        (SymbolKind.Open, "{ {, lbrace {, langle ⟨, lfloor ⌊, lceil ⌈, lparen (, lbrack ["),
        (SymbolKind.Close, "} }, rbrace }, rangle ⟩, rfloor ⌋, rceil ⌉, rparen ), rbrack ]"),
        (SymbolKind.Bar, "vert |, lvert |, rvert |, | ‖, Vert ‖, lVert ‖, rVert ‖"),
        (SymbolKind.Sum, "sum ∑, prod ∏, bigcup ⋃, bigcap ⋂"),
        (SymbolKind.Integral, "int ∫, iint ∬, oint ∮"));

    public static readonly FrozenDictionary<string, Symbol> Characters = Typed();

    public static readonly FrozenDictionary<string, string> Greek = Pairs(
        "alpha α, beta β, gamma γ, delta δ, epsilon ϵ, varepsilon ε, zeta ζ, eta η, theta θ, vartheta ϑ, iota ι, kappa κ, lambda λ, mu μ, nu ν, xi ξ, omicron ο, pi π, varpi ϖ, rho ρ, varrho ϱ, "
        + "sigma σ, varsigma ς, tau τ, upsilon υ, phi ϕ, varphi φ, chi χ, psi ψ, omega ω, Gamma Γ, Delta Δ, Theta Θ, Lambda Λ, Xi Ξ, Pi Π, Sigma Σ, Upsilon Υ, Phi Φ, Psi Ψ, Omega Ω")
        .ToFrozenDictionary(p => p.Name, p => p.Sign);

    public static readonly FrozenSet<string> Functions = FrozenSet.Create(
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log", "ln", "lg", "exp", "deg", "dim", "ker", "arg");

    public static readonly FrozenSet<string> FunctionsWithLimits = FrozenSet.Create("lim", "max", "min", "gcd", "sup", "inf", "det");

    public static readonly FrozenDictionary<string, string> Spaces = Pairs(
        ", 0.1667em|: 0.2222em|> 0.2222em|; 0.2778em|! -0.1667em|quad 1em|qquad 2em|enspace 0.5em|thinspace 0.1667em", '|')
        .Append((Name: " ", Sign: "0.25em")).Append((Name: "~", Sign: "0.25em")).ToFrozenDictionary(p => p.Name, p => p.Sign);

    public static readonly FrozenDictionary<string, AccentKind> Accents = new Dictionary<string, AccentKind>
    {
        ["overline"] = AccentKind.Overline,
        ["underline"] = AccentKind.Underline,
        ["hat"] = AccentKind.Hat,
        ["widehat"] = AccentKind.Hat,
        ["vec"] = AccentKind.Vector,
        ["overrightarrow"] = AccentKind.Vector,
        ["bar"] = AccentKind.Bar,
        ["dot"] = AccentKind.Dot,
        ["ddot"] = AccentKind.DoubleDot,
        ["tilde"] = AccentKind.Tilde,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, (TableKind Kind, string Open, string Close)> Environments = new Dictionary<string, (TableKind, string, string)>
    {
        ["aligned"] = (TableKind.Aligned, "", ""),
        ["align"] = (TableKind.Aligned, "", ""),
        ["align*"] = (TableKind.Aligned, "", ""),
        ["split"] = (TableKind.Aligned, "", ""),
        ["gathered"] = (TableKind.Matrix, "", ""),
        ["cases"] = (TableKind.Cases, "{", ""),
        ["matrix"] = (TableKind.Matrix, "", ""),
        ["pmatrix"] = (TableKind.Matrix, "(", ")"),
        ["bmatrix"] = (TableKind.Matrix, "[", "]"),
        ["Bmatrix"] = (TableKind.Matrix, "{", "}"),
        ["vmatrix"] = (TableKind.Matrix, "|", "|"),
    }.ToFrozenDictionary();

    /// <summary>Signs that say nothing by themselves here: sizes and places that MathML chooses on its own.</summary>
    public static readonly FrozenSet<string> Ignored = FrozenSet.Create(
        "displaystyle", "textstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle", "nonumber", "notag");

    private static FrozenDictionary<string, Symbol> Typed()
    {
        var typed = Read(
            (SymbolKind.Binary, "+ +, - −, − −, – −, * ∗, / /, · ⋅"),
            (SymbolKind.Relation, "= =, < <, > >, : :"),
            (SymbolKind.Ordinary, "! !, % %, ° °, ? ?, \" \", @ @"),
            (SymbolKind.Open, "( (, [ ["),
            (SymbolKind.Close, ") ), ] ]"),
            (SymbolKind.Bar, "| |"),
            (SymbolKind.Punctuation, ". ., ; ;")).ToDictionary();
        typed[","] = new Symbol(",", SymbolKind.Punctuation);
        foreach (var symbol in Commands.Values.Where(s => s.Text[0] > 127)) typed.TryAdd(symbol.Text, symbol);
        return typed.ToFrozenDictionary();
    }

    private static FrozenDictionary<string, Symbol> Read(params (SymbolKind Kind, string Signs)[] groups) =>
        groups.SelectMany(g => Pairs(g.Signs).Select(p => (p.Name, Symbol: new Symbol(p.Sign, g.Kind)))).ToFrozenDictionary(p => p.Name, p => p.Symbol);

    private static IEnumerable<(string Name, string Sign)> Pairs(string text, char separator = ',') =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.TrimStart(separator == ',' ? ' ' : '\0'))
            .Select(pair => (Name: pair[..pair.IndexOf(' ', StringComparison.Ordinal)], Sign: pair[(pair.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
}
