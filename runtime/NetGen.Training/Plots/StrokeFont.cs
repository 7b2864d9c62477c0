namespace NetGen.Training;

/// <summary>Letters of straight strokes, for pictures that are drawn without a font: those of ASCII, a frame for any other.</summary>
/// <remarks>
/// A point is two digits, x from 0 to 4 and y from 0, the top of capitals, over 6, the base line, to 8, the lowest of letters such as g. A space ends a stroke; a point twice is a dot.
/// </remarks>
internal static class StrokeFont
{
    /// <summary>From one letter to the next, for a size of 1.</summary>
    public const double Advance = 0.533;

    private const double UnitX = 0.096, UnitY = 0.12, BaseLine = 6;
    private const string Frame = "0040460600";

    private static readonly string[] Ascii =
    [
        "", "2024 2626", "1012 3032", "1016 3036 0242 0444", "413010010213334445361605 2026", "0640 0010110100 3545463635", "4612112031320405163644", "2022",
        "30212536", "10212516", "2125 0244 0442", "2125 0343", "2517", "0343", "2626", "0640",
        "103041453616050110", "112026 1636", "01103041420646", "0110304142334445361605 1333", "36300444", "400002324345361605", "413010010516364544331304", "004016",
        "103041423313020110 3344453616050413", "051636454130100102133342", "2222 2626", "2222 2517", "410345", "0242 0444", "014305", "01103041422324 2626",
        "4616050110304144242242", "062046 1434", "00063645443303 0030414233", "4130100105163645", "00062644422000", "40000646 0333", "400006 0333", "41301001051636454323",
        "0006 4046 0343", "1030 2026 1636", "4045361605", "0006 400346", "000646", "0600234046", "06004640", "103041453616050110",
        "06003041423303", "103041453616050110 2446", "06003041423303 2346", "413010010213334445361605", "0040 2026", "000516364540", "002640", "0016223640",
        "0046 4006", "002340 2326", "00400646", "30202636", "0046", "10202616", "022042", "0747",
        "1021", "12324346 441405163645", "0006 0312324345361605", "4332120305163645", "4046 4332120305163645", "04444332120305163645", "40302126 1232", "4247381807 4332120305163645",
        "0006 0312324346", "2226 2020", "32372818 3030", "0006 420446", "202536", "0206 03122326 23324346", "0206 0312324346", "123243453616050312",
        "0208 0312324345361605", "4248 4332120305163645", "0206 04223243", "43321203143445361605", "20253646 1232", "0205163645 4246", "022642", "0216243642",
        "0246 4206", "0226 4218", "02420646", "30212213242536", "2027", "10212233242516", "04133443",
    ];

    /// <summary>The strokes of a text that begins at (0, 0) of the base line.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="size">Of the font: capitals are 0.72 times as high.</param>
    /// <returns>Each from a point to the next.</returns>
    public static IEnumerable<(double X0, double Y0, double X1, double Y1)> Strokes(string text, double size)
    {
        for (int i = 0; i < text.Length; i++)
        {
            string glyph = text[i] is >= ' ' and <= '~' ? Ascii[text[i] - ' '] : text[i] == '…' ? "0606 2626 4646" : Frame;
            foreach (string stroke in glyph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                for (int point = 2; point + 1 < stroke.Length; point += 2)
                {
                    (double x0, double y0, double x1, double y1) = (X(i, stroke[point - 2]), Y(stroke[point - 1]), X(i, stroke[point]), Y(stroke[point + 1]));
                    yield return (x0, y0, x1, y1);
                }
            }
        }

        double X(int letter, char digit) => size * (letter * Advance + (digit - '0') * UnitX);

        double Y(char digit) => size * (digit - '0' - BaseLine) * UnitY;
    }
}
