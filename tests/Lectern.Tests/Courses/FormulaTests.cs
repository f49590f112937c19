using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lectern.Courses.Formulas;

namespace Lectern.Tests.Courses;

public sealed class FormulaTests
{
    private static readonly string[] Pieces =
        ["x", "12.5", "\\frac", "{", "}", "^", "_", "\\sqrt", "[", "]", "\\left(", "\\right)", "\\left", "\\begin{cases}", "\\end{cases}", "&", "\\\\", "\\text{a b}", "\\mathrm{CO_2}", "\\sum", "\\le", "$", "<", ">", "\"", "&amp;", "\\nonsense", " ", "'", "\\", "é", "\u0001"];

    [Theory]
    [InlineData("x^2", "x squared")]
    [InlineData("\\frac{a}{b}", "a over b")]
    [InlineData("\\sqrt{x}", "the square root of x")]
    [InlineData("a \\le b", "a is less than or equal to b")]
    public void A_formula_is_spoken_as_a_teacher_says_it(string tex, string spoken) => Assert.Equal(spoken, FormulaReader.Read(tex, display: false).Spoken);

    [Theory]
    [InlineData("x^2", "<msup><mi>x</mi><mn>2</mn></msup>")]
    [InlineData("x_1", "<msub><mi>x</mi><mn>1</mn></msub>")]
    [InlineData("\\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("\\sqrt[3]{8}", "<mroot><mn>8</mn><mn>3</mn></mroot>")]
    public void A_formula_becomes_MathML(string tex, string part) => Assert.Contains(part, FormulaReader.Read(tex, display: true).MathMl, StringComparison.Ordinal);

    [Theory]
    [InlineData("\\frac{1}{")]
    [InlineData("\\nonsense{x}")]
    [InlineData("\\left( x")]
    [InlineData("x^2^3")]
    public void What_is_not_understood_is_told_and_shows_its_source(string tex)
    {
        var formula = FormulaReader.Read(tex, display: false);

        Assert.NotNull(formula.Problem);
        Assert.Contains(tex, formula.MathMl.Replace("&amp;", "&", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_mixture_of_pieces_gives_well_formed_markup_without_styles()
    {
        var pieces = Gen.Elements(Pieces).ListOf().Select(list => string.Concat(list));
        Prop.ForAll(pieces.ToArbitrary(), tex => IsWellFormed(tex)).QuickCheckThrowOnFailure();
        Prop.ForAll<string?>(text => IsWellFormed(text ?? "")).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nesting_without_end_is_refused_and_not_followed()
    {
        var formula = FormulaReader.Read(string.Concat(Enumerable.Repeat("\\sqrt{", 600)), display: false);

        Assert.NotNull(formula.Problem);
    }

    private static bool IsWellFormed(string tex)
    {
        var formula = FormulaReader.Read(tex, display: tex.Length % 2 == 0);
        var root = XElement.Parse($"<root>{formula.MathMl}</root>");
        return root.DescendantsAndSelf().All(element => element.Attribute("style") is null) && formula.Spoken is not null;
    }
}
