using System.Xml.Linq;
using Lectern.Courses.Formulas;

namespace Lectern.Tests.Courses.Formulas;

public sealed class FormulaMathMlTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("12.5", "<mn>12.5</mn>")]
    [InlineData(".5", "<mn>.5</mn>")]
    [InlineData("6\\,000", "<mn>6\u2009000</mn>")]
    [InlineData("6{,}000", "<mn>6\u2009000</mn>")]
    [InlineData("3{,}5", "<mn>3.5</mn>")]
    [InlineData("(1,2)", "<mrow><mo stretchy=\"false\">(</mo><mn>1</mn><mo>,</mo><mn>2</mn><mo stretchy=\"false\">)</mo></mrow>")]
    [InlineData("a+b", "<mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>")]
    [InlineData("-a", "<mrow><mo form=\"prefix\">−</mo><mi>a</mi></mrow>")]
    [InlineData("x=-1", "<mrow><mi>x</mi><mo>=</mo><mo form=\"prefix\">−</mo><mn>1</mn></mrow>")]
    [InlineData("a<b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>")]
    [InlineData("x^2", "<msup><mi>x</mi><mn>2</mn></msup>")]
    [InlineData("x^10", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>0</mn></mrow>")]
    [InlineData("x_1", "<msub><mi>x</mi><mn>1</mn></msub>")]
    [InlineData("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>")]
    [InlineData("x^2_1", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>")]
    [InlineData("f'", "<msup><mi>f</mi><mo>′</mo></msup>")]
    [InlineData("f''^2", "<msup><mi>f</mi><mrow><mo>′′</mo><mn>2</mn></mrow></msup>")]
    [InlineData("\\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("\\dfrac{1}{2}", "<mstyle displaystyle=\"true\"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>")]
    [InlineData("\\tfrac{1}{2}", "<mstyle displaystyle=\"false\"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>")]
    [InlineData("\\sqrt{2}", "<msqrt><mn>2</mn></msqrt>")]
    [InlineData("\\sqrt[3]{8}", "<mroot><mn>8</mn><mn>3</mn></mroot>")]
    [InlineData("\\binom{n}{k}", "<mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac>")]
    [InlineData("\\alpha", "<mi>α</mi>")]
    [InlineData("\\Delta", "<mi mathvariant=\"normal\">Δ</mi>")]
    [InlineData("\\mathbb{R}", "<mi>ℝ</mi>")]
    [InlineData("\\mathbf{v}", "<mi>𝐯</mi>")]
    [InlineData("\\mathrm{kg}", "<mi>kg</mi>")]
    [InlineData("\\mathrm{m}", "<mi mathvariant=\"normal\">m</mi>")]
    [InlineData("\\mathrm{H_2O}", "<mrow><msub><mi mathvariant=\"normal\">H</mi><mn>2</mn></msub><mi mathvariant=\"normal\">O</mi></mrow>")]
    [InlineData("\\mathrm{CO_2}", "<mrow><mi mathvariant=\"normal\">C</mi><msub><mi mathvariant=\"normal\">O</mi><mn>2</mn></msub></mrow>")]
    [InlineData("\\mathrm{Na^+}", "<msup><mi>Na</mi><mo>+</mo></msup>")]
    [InlineData("\\text{if }", "<mtext>if\u00A0</mtext>")]
    [InlineData("\\text{50 \\%}", "<mtext>50 %</mtext>")]
    [InlineData("\\left(x\\right)", "<mrow><mo fence=\"true\" form=\"prefix\" stretchy=\"true\">(</mo><mi>x</mi><mo fence=\"true\" form=\"postfix\" stretchy=\"true\">)</mo></mrow>")]
    [InlineData("\\left\\{x\\right.", "<mrow><mo fence=\"true\" form=\"prefix\" stretchy=\"true\">{</mo><mi>x</mi></mrow>")]
    [InlineData("\\sin x", "<mrow><mi>sin</mi><mo>\u2061</mo><mspace width=\"0.1667em\"/><mi>x</mi></mrow>")]
    [InlineData("\\sin(x)", "<mrow><mi>sin</mi><mo>\u2061</mo><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow>")]
    [InlineData("\\log_2 8", "<mrow><msub><mi>log</mi><mn>2</mn></msub><mo>\u2061</mo><mspace width=\"0.1667em\"/><mn>8</mn></mrow>")]
    [InlineData("\\sum_{i=1}^n i", "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>")]
    [InlineData("\\int_0^1 x", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>")]
    [InlineData("\\lim_{x \\to 0} x", "<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder>")]
    [InlineData("90^\\circ", "<msup><mn>90</mn><mo>∘</mo></msup>")]
    [InlineData("\\hat{x}", "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("\\vec{v}", "<mover accent=\"true\"><mi>v</mi><mo stretchy=\"false\">→</mo></mover>")]
    [InlineData("\\overline{AB}", "<mover accent=\"true\"><mrow><mi>A</mi><mi>B</mi></mrow><mo stretchy=\"true\">\u203E</mo></mover>")]
    [InlineData("\\underline{x}", "<munder accentunder=\"true\"><mi>x</mi><mo stretchy=\"true\">_</mo></munder>")]
    [InlineData("a\\quad b", "<mrow><mi>a</mi><mspace width=\"1em\"/><mi>b</mi></mrow>")]
    [InlineData("x\\!y", "<mspace width=\"-0.1667em\"/>")]
    public void A_formula_becomes_presentation_MathML(string tex, string expected)
    {
        var formula = FormulaReader.Read(tex, display: true);

        Assert.Null(formula.Problem);
        Assert.Contains(expected, formula.MathMl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\le", "≤"), InlineData("\\leq", "≤"), InlineData("\\ge", "≥"), InlineData("\\geq", "≥"), InlineData("\\ne", "≠"), InlineData("\\neq", "≠")]
    [InlineData("\\approx", "≈"), InlineData("\\equiv", "≡"), InlineData("\\cdot", "⋅"), InlineData("\\times", "×"), InlineData("\\div", "÷"), InlineData("\\pm", "±"), InlineData("\\mp", "∓")]
    [InlineData("\\to", "→"), InlineData("\\rightarrow", "→"), InlineData("\\leftarrow", "←"), InlineData("\\Rightarrow", "⇒"), InlineData("\\implies", "⇒"), InlineData("\\Leftrightarrow", "⇔")]
    [InlineData("\\rightleftharpoons", "⇌"), InlineData("\\in", "∈"), InlineData("\\notin", "∉"), InlineData("\\subset", "⊂"), InlineData("\\cup", "∪"), InlineData("\\cap", "∩")]
    [InlineData("\\parallel", "∥"), InlineData("\\perp", "⊥"), InlineData("≤", "≤"), InlineData("→", "→"), InlineData("·", "⋅"), InlineData("−", "−")]
    public void A_sign_is_the_same_as_a_command_and_as_a_character(string tex, string sign) =>
        Assert.Contains($"<mo>{sign}</mo>", FormulaReader.Read($"a {tex} b", display: false).MathMl, StringComparison.Ordinal);

    [Theory]
    [InlineData("\\infty", "∞"), InlineData("\\emptyset", "∅"), InlineData("\\%", "%"), InlineData("\\$", "$"), InlineData("\\theta", "θ"), InlineData("\\lambda", "λ"), InlineData("\\pi", "π"), InlineData("\\mu", "μ")]
    public void A_letterlike_sign_is_an_identifier(string tex, string sign) => Assert.Contains($"<mi>{sign}</mi>", FormulaReader.Read(tex, display: false).MathMl, StringComparison.Ordinal);

    [Fact]
    public void Aligned_lines_are_a_table_with_alternating_columns()
    {
        var math = FormulaReader.Read("\\begin{aligned} x &= 1 \\\\ y &= 2 \\\\ \\end{aligned}", display: true).MathMl;

        Assert.Contains("<mtable class=\"formula-aligned\" columnalign=\"right left\"", math, StringComparison.Ordinal);
        Assert.Equal(2, XDocument.Parse(math).Descendants().Count(e => e.Name.LocalName == "mtr"));
        Assert.Contains("<mtd class=\"formula-left\"><mrow><mrow></mrow><mo>=</mo><mn>1</mn></mrow></mtd>", math, StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_and_matrices_stand_between_growing_fences()
    {
        Assert.Matches("<mo fence=\"true\" form=\"prefix\" stretchy=\"true\">\\{</mo><mtable class=\"formula-cases\" columnalign=\"left left\">.*</mtable></mrow></math>$",
            FormulaReader.Read("\\begin{cases} 1 & x>0 \\\\ 0 & x=0 \\end{cases}", display: true).MathMl);
        Assert.Contains(">[</mo><mtable class=\"formula-matrix\" columnalign=\"center\"><mtr><mtd><mn>1</mn></mtd></mtr></mtable>",
            FormulaReader.Read("\\begin{bmatrix} 1 \\end{bmatrix}", display: true).MathMl, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_stand_beside_in_a_line_and_below_in_display()
    {
        Assert.Contains("<msub><mi>lim</mi>", FormulaReader.Read("\\lim_{n} n", display: false).MathMl, StringComparison.Ordinal);
        Assert.Contains("<munder><mi>lim</mi>", FormulaReader.Read("\\lim_{n} n", display: true).MathMl, StringComparison.Ordinal);
    }

    [Fact]
    public void The_source_is_the_alternative_text()
    {
        var math = XDocument.Parse(FormulaReader.Read("a<b \\text{ \"x\"}", display: true).MathMl).Root!; // Parse gives a root or throws.

        Assert.Equal("a<b \\text{ \"x\"}", math.Attribute("alttext")?.Value);
        Assert.Equal("block", math.Attribute("display")?.Value);
        Assert.Null(XDocument.Parse(FormulaReader.Read("x", display: false).MathMl).Root!.Attribute("display")); // see above
    }
}
