using System.Collections.Frozen;

namespace Lectern.Courses.Formulas.Speech;

internal static class GermanSpeech
{
    private static readonly string[] Counted = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];
    private static readonly string[] Parts = ["", "", "halb", "drittel", "viertel", "fünftel", "sechstel", "siebtel", "achtel", "neuntel", "zehntel"];

    public static SpeechRules Create() => new()
    {
        Language = "de",
        DecimalPoint = ',',
        Phrases = PhraseTable(),
        Signs = SpeechRules.Pairs("""
            + = plus | − = minus | ± = plus oder minus | ∓ = minus oder plus | ⋅ = mal | × = mal | ∗ = mal | ÷ = geteilt durch | / = durch | = = gleich
            < = ist kleiner als | > = ist größer als | ≤ = ist kleiner oder gleich | ≥ = ist größer oder gleich | ≠ = ist ungleich
            ≈ = ist ungefähr | ≡ = ist identisch mit | ∼ = ist ähnlich | ≃ = ist ungefähr | ≅ = ist kongruent zu | ∝ = ist proportional zu
            ≪ = ist viel kleiner als | ≫ = ist viel größer als | ∈ = ist Element von | ∉ = ist nicht Element von | ∋ = enthält | ⊂ = ist Teilmenge von | ⊆ = ist Teilmenge oder gleich
            ⊃ = ist Obermenge von | ⊇ = ist Obermenge oder gleich | ∪ = vereinigt mit | ∩ = geschnitten mit | ∖ = ohne | ∅ = die leere Menge | ∥ = ist parallel zu
            ⊥ = ist senkrecht zu | ∣ = teilt | ∤ = teilt nicht | → = geht über in | ⟶ = geht über in | ← = kommt von | ⟵ = kommt von | ↔ = steht im Austausch mit
            ⇒ = daraus folgt | ⇐ = folgt aus | ⇔ = genau dann wenn | ⇌ = steht im Gleichgewicht mit | ↦ = wird abgebildet auf | ↑ = nach oben | ↓ = nach unten
            ∞ = unendlich | ∠ = Winkel | △ = Dreieck | ∂ = partielles d | ∇ = Nabla | ∀ = für alle | ∃ = es gibt | ¬ = nicht | ∧ = und | ∨ = oder
            ℏ = h quer | ℓ = l | ′ = Strich | ° = Grad | % = Prozent | $ = Dollar | … = und so weiter | ⋯ = und so weiter | ⋮ = und so weiter | ⋱ = und so weiter
            ∴ = also | ! = Fakultät | ( = Klammer auf | ) = Klammer zu | [ = eckige Klammer auf | ] = eckige Klammer zu | { = geschweifte Klammer auf | } = geschweifte Klammer zu
            ⟨ = spitze Klammer auf | ⟩ = spitze Klammer zu | ⌊ = abgerundet | ⌋ = , | ⌈ = aufgerundet | ⌉ = , | ‖ = Doppelstrich | ∘ = verkettet mit | ⊕ = plus | ⊗ = mal
            ∫ = das Integral über | ∬ = das Doppelintegral über | ∮ = das Ringintegral über | ⋃ = die Vereinigung von | ⋂ = der Durchschnitt von | : = zu | bar = unter der Bedingung
            """),
        Letters = SpeechRules.Pairs("""
            α = Alpha | β = Beta | γ = Gamma | δ = Delta | ϵ = Epsilon | ε = Epsilon | ζ = Zeta | η = Eta | θ = Theta | ϑ = Theta | ι = Iota | κ = Kappa | λ = Lambda
            μ = My | ν = Ny | ξ = Xi | ο = Omikron | π = Pi | ϖ = Pi | ρ = Rho | ϱ = Rho | σ = Sigma | ς = Sigma | τ = Tau | υ = Ypsilon | ϕ = Phi | φ = Phi | χ = Chi | ψ = Psi | ω = Omega
            Γ = Groß-Gamma | Δ = Delta | Θ = Groß-Theta | Λ = Groß-Lambda | Ξ = Groß-Xi | Π = Groß-Pi | Σ = Groß-Sigma | Υ = Groß-Ypsilon | Φ = Groß-Phi | Ψ = Groß-Psi | Ω = Groß-Omega
            setR = R | setN = N | setZ = Z | setQ = Q | setC = C
            """),
        Functions = SpeechRules.Pairs("""
            sin = Sinus | cos = Kosinus | tan = Tangens | cot = Kotangens | sec = Sekans | csc = Kosekans | arcsin = Arkussinus | arccos = Arkuskosinus | arctan = Arkustangens
            sinh = Sinus hyperbolicus | cosh = Kosinus hyperbolicus | tanh = Tangens hyperbolicus | log = Logarithmus | ln = natürlicher Logarithmus | lg = Zehnerlogarithmus | exp = Exponentialfunktion
            deg = Grad | dim = Dimension | ker = Kern | arg = Argument | lim = Limes | max = Maximum | min = Minimum | gcd = größter gemeinsamer Teiler | sup = Supremum | inf = Infimum | det = Determinante
            """),
        Units = SpeechRules.UnitTable("""
            m = Meter | km = Kilometer | cm = Zentimeter | mm = Millimeter | dm = Dezimeter | nm = Nanometer | µm = Mikrometer | μm = Mikrometer | g = Gramm | kg = Kilogramm | mg = Milligramm
            µg = Mikrogramm | t = Tonne/Tonnen | s = Sekunde/Sekunden | ms = Millisekunde/Millisekunden | min = Minute/Minuten | h = Stunde/Stunden | d = Tag/Tage | L = Liter | l = Liter | mL = Milliliter | ml = Milliliter
            mol = Mol | mmol = Millimol | M = Mol pro Liter | J = Joule | kJ = Kilojoule | kcal = Kilokalorie/Kilokalorien | eV = Elektronenvolt | W = Watt | kW = Kilowatt | kWh = Kilowattstunde/Kilowattstunden
            N = Newton | kN = Kilonewton | Pa = Pascal | kPa = Kilopascal | hPa = Hektopascal | bar = Bar | V = Volt | mV = Millivolt | kV = Kilovolt | A = Ampere | mA = Milliampere | Hz = Hertz | kHz = Kilohertz
            K = Kelvin | C = Coulomb | F = Farad | T = Tesla | Ω = Ohm | u = atomare Masseneinheit/atomare Masseneinheiten | Da = Dalton | kDa = Kilodalton | bp = Basenpaar/Basenpaare
            """),
        SmallFraction = (n, d) => n is < 1 or > 9 || d is < 2 or > 10 ? null : d == 2 && n > 1 ? null : $"{Counted[n]} {Parts[d]}",
    };

    private static FrozenDictionary<Phrase, string> PhraseTable() => new Dictionary<Phrase, string>
    {
        [Phrase.Over] = "{0} durch {1}",
        [Phrase.LongFraction] = "Bruch mit Zähler {0} und Nenner {1},",
        [Phrase.MixedNumber] = "{0} und {1}",
        [Phrase.SquareRoot] = "Wurzel aus {0}",
        [Phrase.CubeRoot] = "dritte Wurzel aus {0}",
        [Phrase.NthRoot] = "Wurzel der Ordnung {1} aus {0}",
        [Phrase.Squared] = "{0} Quadrat",
        [Phrase.Cubed] = "{0} hoch 3",
        [Phrase.Power] = "{0} hoch {1}",
        [Phrase.OtherPower] = "{0} oben {1}",
        [Phrase.FunctionPower] = "{0} hoch {1}",
        [Phrase.Subscript] = "{0} Index {1}",
        [Phrase.Primed] = "{0} Strich",
        [Phrase.Degrees] = "{0} Grad",
        [Phrase.FunctionOf] = "{0} von",
        [Phrase.InverseFunction] = "Umkehrfunktion von {0}",
        [Phrase.LogBase] = "{0} zur Basis {1}",
        [Phrase.Limit] = "{0} für {1} von",
        [Phrase.LimitBare] = "{0} über {1} von",
        [Phrase.SumFromTo] = "Summe von {0} bis {1} über",
        [Phrase.SumOver] = "Summe für {0} über",
        [Phrase.SumBare] = "Summe über",
        [Phrase.IntegralFromTo] = "Integral von {0} bis {1} über",
        [Phrase.IntegralOver] = "Integral im Bereich {0} über",
        [Phrase.IntegralBare] = "Integral über",
        [Phrase.ProductFromTo] = "Produkt von {0} bis {1} über",
        [Phrase.ProductOver] = "Produkt für {0} über",
        [Phrase.ProductBare] = "Produkt über",
        [Phrase.AbsoluteValue] = "Betrag von {0}",
        [Phrase.Choose] = "{0} über {1}",
        [Phrase.Barred] = "{0} quer",
        [Phrase.Hatted] = "{0} Dach",
        [Phrase.Vector] = "Vektor {0}",
        [Phrase.Dotted] = "{0} Punkt",
        [Phrase.Per] = "pro {0}",
        [Phrase.SquareUnit] = "Quadrat-{0}",
        [Phrase.CubicUnit] = "Kubik-{0}",
        [Phrase.Cases] = "die Fälle: {0}",
        [Phrase.Matrix] = "die {0}-mal-{1}-Matrix mit den Zeilen: {2},",
        [Phrase.ArrowWith] = "{0}, mit {1},",
        [Phrase.Money] = "{0} Dollar",
        [Phrase.Approaches] = "gegen",
        [Phrase.Yields] = "reagiert zu",
    }.ToFrozenDictionary();
}
