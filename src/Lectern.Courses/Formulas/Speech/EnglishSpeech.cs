using System.Collections.Frozen;

namespace Lectern.Courses.Formulas.Speech;

internal static class EnglishSpeech
{
    private static readonly string[] Counted = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    private static readonly string[] Parts = ["", "", "half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    public static SpeechRules Create() => new()
    {
        Language = "en",
        DecimalPoint = '.',
        Phrases = PhraseTable(),
        Signs = SpeechRules.Pairs("""
            + = plus | − = minus | ± = plus or minus | ∓ = minus or plus | ⋅ = times | × = times | ∗ = times | ÷ = divided by | / = over | = = equals
            < = is less than | > = is greater than | ≤ = is less than or equal to | ≥ = is greater than or equal to | ≠ = is not equal to
            ≈ = is approximately | ≡ = is identical to | ∼ = is similar to | ≃ = is approximately | ≅ = is congruent to | ∝ = is proportional to
            ≪ = is much less than | ≫ = is much greater than | ∈ = is in | ∉ = is not in | ∋ = contains | ⊂ = is a subset of | ⊆ = is a subset of or equal to
            ⊃ = is a superset of | ⊇ = is a superset of or equal to | ∪ = union | ∩ = intersection | ∖ = without | ∅ = the empty set | ∥ = is parallel to
            ⊥ = is perpendicular to | ∣ = divides | ∤ = does not divide | → = goes to | ⟶ = goes to | ← = comes from | ⟵ = comes from | ↔ = goes to and from
            ⇒ = implies | ⇐ = follows from | ⇔ = if and only if | ⇌ = is in equilibrium with | ↦ = maps to | ↑ = up | ↓ = down
            ∞ = infinity | ∠ = angle | △ = triangle | ∂ = partial d | ∇ = nabla | ∀ = for all | ∃ = there exists | ¬ = not | ∧ = and | ∨ = or
            ℏ = h bar | ℓ = l | ′ = prime | ° = degrees | % = percent | $ = dollars | … = and so on | ⋯ = and so on | ⋮ = and so on | ⋱ = and so on
            ∴ = therefore | ! = factorial | ( = open parenthesis | ) = close parenthesis | [ = open bracket | ] = close bracket | { = open brace | } = close brace
            ⟨ = open angle bracket | ⟩ = close angle bracket | ⌊ = the floor of | ⌋ = , | ⌈ = the ceiling of | ⌉ = , | ‖ = double bar | ∘ = composed with | ⊕ = plus | ⊗ = times
            ∫ = the integral of | ∬ = the double integral of | ∮ = the closed integral of | ⋃ = the union of | ⋂ = the intersection of | : = to | bar = given
            """),
        Letters = SpeechRules.Pairs("""
            α = alpha | β = beta | γ = gamma | δ = delta | ϵ = epsilon | ε = epsilon | ζ = zeta | η = eta | θ = theta | ϑ = theta | ι = iota | κ = kappa | λ = lambda
            μ = mu | ν = nu | ξ = xi | ο = omicron | π = pi | ϖ = pi | ρ = rho | ϱ = rho | σ = sigma | ς = sigma | τ = tau | υ = upsilon | ϕ = phi | φ = phi | χ = chi | ψ = psi | ω = omega
            Γ = Gamma | Δ = Delta | Θ = Theta | Λ = Lambda | Ξ = Xi | Π = Pi | Σ = Sigma | Υ = Upsilon | Φ = Phi | Ψ = Psi | Ω = Omega
            setR = the real numbers | setN = the natural numbers | setZ = the integers | setQ = the rational numbers | setC = the complex numbers
            """),
        Functions = SpeechRules.Pairs("""
            sin = sine | cos = cosine | tan = tangent | cot = cotangent | sec = secant | csc = cosecant | arcsin = inverse sine | arccos = inverse cosine | arctan = inverse tangent
            sinh = hyperbolic sine | cosh = hyperbolic cosine | tanh = hyperbolic tangent | log = log | ln = the natural log | lg = log | exp = the exponential | deg = the degree
            dim = the dimension | ker = the kernel | arg = the argument | lim = the limit | max = the maximum | min = the minimum | gcd = the greatest common divisor
            sup = the supremum | inf = the infimum | det = the determinant
            """),
        Units = SpeechRules.UnitTable("""
            m = metre/metres | km = kilometre/kilometres | cm = centimetre/centimetres | mm = millimetre/millimetres | dm = decimetre/decimetres | nm = nanometre/nanometres | µm = micrometre/micrometres
            μm = micrometre/micrometres | g = gram/grams | kg = kilogram/kilograms | mg = milligram/milligrams | µg = microgram/micrograms | t = tonne/tonnes | s = second/seconds | ms = millisecond/milliseconds
            min = minute/minutes | h = hour/hours | d = day/days | L = litre/litres | l = litre/litres | mL = millilitre/millilitres | ml = millilitre/millilitres | mol = mole/moles | mmol = millimole/millimoles
            M = mole per litre/moles per litre | J = joule/joules | kJ = kilojoule/kilojoules | kcal = kilocalorie/kilocalories | eV = electronvolt/electronvolts | W = watt/watts | kW = kilowatt/kilowatts
            kWh = kilowatt hour/kilowatt hours | N = newton/newtons | kN = kilonewton/kilonewtons | Pa = pascal/pascals | kPa = kilopascal/kilopascals | hPa = hectopascal/hectopascals | bar = bar/bars
            V = volt/volts | mV = millivolt/millivolts | kV = kilovolt/kilovolts | A = ampere/amperes | mA = milliampere/milliamperes | Hz = hertz/hertz | kHz = kilohertz/kilohertz | K = kelvin/kelvins
            C = coulomb/coulombs | F = farad/farads | T = tesla/teslas | Ω = ohm/ohms | u = atomic mass unit/atomic mass units | Da = dalton/daltons | kDa = kilodalton/kilodaltons | bp = base pair/base pairs
            """),
        SmallFraction = (n, d) => n is < 1 or > 9 || d is < 2 or > 10 ? null : $"{Counted[n]} {(n == 1 ? Parts[d] : d == 2 ? "halves" : Parts[d] + "s")}",
    };

    private static FrozenDictionary<Phrase, string> PhraseTable() => new Dictionary<Phrase, string>
    {
        [Phrase.Over] = "{0} over {1}",
        [Phrase.LongFraction] = "the fraction with numerator {0} and denominator {1},",
        [Phrase.MixedNumber] = "{0} and {1}",
        [Phrase.SquareRoot] = "the square root of {0}",
        [Phrase.CubeRoot] = "the cube root of {0}",
        [Phrase.NthRoot] = "the root of order {1} of {0}",
        [Phrase.Squared] = "{0} squared",
        [Phrase.Cubed] = "{0} cubed",
        [Phrase.Power] = "{0} to the power of {1}",
        [Phrase.OtherPower] = "{0} superscript {1}",
        [Phrase.FunctionPower] = "{0} to the power of {1}",
        [Phrase.Subscript] = "{0} sub {1}",
        [Phrase.Primed] = "{0} prime",
        [Phrase.Degrees] = "{0} degrees",
        [Phrase.FunctionOf] = "{0} of",
        [Phrase.InverseFunction] = "inverse {0}",
        [Phrase.LogBase] = "{0} base {1}",
        [Phrase.Limit] = "{0} as {1} of",
        [Phrase.LimitBare] = "{0} over {1} of",
        [Phrase.SumFromTo] = "the sum from {0} to {1} of",
        [Phrase.SumOver] = "the sum over {0} of",
        [Phrase.SumBare] = "the sum of",
        [Phrase.IntegralFromTo] = "the integral from {0} to {1} of",
        [Phrase.IntegralOver] = "the integral over {0} of",
        [Phrase.IntegralBare] = "the integral of",
        [Phrase.ProductFromTo] = "the product from {0} to {1} of",
        [Phrase.ProductOver] = "the product over {0} of",
        [Phrase.ProductBare] = "the product of",
        [Phrase.AbsoluteValue] = "the absolute value of {0}",
        [Phrase.Choose] = "{0} choose {1}",
        [Phrase.Barred] = "{0} bar",
        [Phrase.Hatted] = "{0} hat",
        [Phrase.Vector] = "vector {0}",
        [Phrase.Dotted] = "{0} dot",
        [Phrase.Per] = "per {0}",
        [Phrase.SquareUnit] = "square {0}",
        [Phrase.CubicUnit] = "cubic {0}",
        [Phrase.Cases] = "the cases: {0}",
        [Phrase.Matrix] = "the {0} by {1} matrix with rows: {2},",
        [Phrase.ArrowWith] = "{0}, with {1},",
        [Phrase.Money] = "{0} dollars",
        [Phrase.Approaches] = "approaches",
        [Phrase.Yields] = "yields",
    }.ToFrozenDictionary();
}
