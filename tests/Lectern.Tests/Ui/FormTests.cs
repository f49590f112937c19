using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Lectern.Platform.Localization;
using Lectern.Ui.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Ui;

public sealed class FormTests
{
    private readonly Person _person = new();
    private readonly FormErrors _errors = new();

    private Person Input => _person;

    [Fact]
    public async Task A_field_is_named_for_the_form_model_and_tied_to_its_label_and_hint()
    {
        var html = await Draw(Field<TextField, string?>("Your e-mail", () => Input.Email, ("Hint", "Only for mail you ask for."), ("autocomplete", "email")));

        Assert.Contains("name=\"Input.Email\"", html, StringComparison.Ordinal);
        Assert.Contains("<label for=\"Input-Email\">Your e-mail", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"Input-Email-hint\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"Input-Email-hint\">Only for mail you ask for.", html, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"email\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browser_checks_what_the_annotations_ask_for()
    {
        var email = await Draw(Field<TextField, string?>("E-mail", () => Input.Email));
        Assert.Contains("type=\"email\"", email, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"text\"", email, StringComparison.Ordinal);
        Assert.Contains(" required", email, StringComparison.Ordinal);

        var name = await Draw(Field<TextField, string?>("Name", () => Input.Name));
        Assert.Contains("minlength=\"2\"", name, StringComparison.Ordinal);
        Assert.Contains("maxlength=\"40\"", name, StringComparison.Ordinal);
        Assert.DoesNotContain(" required", name, StringComparison.Ordinal);
        Assert.Contains("(optional)", name, StringComparison.Ordinal);

        var age = await Draw(Field<NumberField<int>, int>("Age", () => Input.Age));
        Assert.Contains("min=\"6\"", age, StringComparison.Ordinal);
        Assert.Contains("max=\"120\"", age, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_kept_but_a_password_is_never_sent_back()
    {
        (_person.Name, _person.Password) = ("<Ada>", "hunter2 hunter2");
        Assert.Contains("value=\"&lt;Ada&gt;\"", await Draw(Field<TextField, string?>("Name", () => Input.Name)), StringComparison.Ordinal);
        Assert.Contains(">&lt;Ada&gt;</textarea>", await Draw(Field<TextAreaField, string?>("Name", () => Input.Name)), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", await Draw(Field<PasswordField, string?>("Password", () => Input.Password)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_tied_to_its_field_and_listed_with_a_link()
    {
        _errors.Add(nameof(Person.Email), "This address is taken.");
        var html = await Draw(Field<TextField, string?>("E-mail", () => Input.Email, ("Hint", "A hint")));

        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"Input-Email-error Input-Email-hint\"", html, StringComparison.Ordinal);
        Assert.Matches("id=\"Input-Email-error\">.*This address is taken\\.", html);
        Assert.Contains("<a href=\"#Input-Email\">E-mail: This address is taken.</a>", html, StringComparison.Ordinal);
        Assert.Matches("class=\"error-summary\" role=\"alert\" tabindex=\"-1\" autofocus", html);
    }

    [Fact]
    public async Task An_error_of_the_whole_form_stands_in_the_summary_without_a_link()
    {
        _errors.Add("E-mail address or password is wrong.");
        var html = await Draw(Field<TextField, string?>("E-mail", () => Input.Email));
        Assert.Matches(@"<li>\s*E-mail address or password is wrong\.\s*</li>", html);
    }

    [Fact]
    public async Task A_form_without_errors_has_no_summary() =>
        Assert.DoesNotContain("error-summary", await Draw(Field<TextField, string?>("E-mail", () => Input.Email)), StringComparison.Ordinal);

    [Fact]
    public async Task The_choice_that_was_made_stays_chosen()
    {
        _person.Level = Level.Deep;
        Choice[] choices = [new("Light", "Light"), new("Deep", "Deep")];
        var select = await Draw(Field<SelectField<Level>, Level>("Level", () => Input.Level, ("Choices", choices)));
        Assert.Contains("<option value=\"Deep\" selected>Deep</option>", select, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Light\">Light</option>", select, StringComparison.Ordinal);

        var radio = await Draw(Field<ChoiceField<Level>, Level>("Level", () => Input.Level, ("Choices", choices)));
        Assert.Contains("<legend>Level", radio, StringComparison.Ordinal);
        Assert.Contains("value=\"Deep\" checked", radio, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_and_times_are_written_as_browsers_expect_them()
    {
        (_person.Born, _person.Starts) = (new DateOnly(2012, 3, 4), new DateTime(2026, 9, 1, 8, 5, 0));
        Assert.Contains("value=\"2012-03-04\"", await Draw(Field<DateField, DateOnly?>("Born", () => Input.Born)), StringComparison.Ordinal);
        Assert.Contains("value=\"2026-09-01T08:05\"", await Draw(Field<DateTimeField, DateTime?>("Starts", () => Input.Starts)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_is_ticked_when_its_value_is_true()
    {
        Assert.DoesNotContain(" checked", await Draw(Field<CheckField, bool>("Remind me", () => Input.Remind)), StringComparison.Ordinal);
        _person.Remind = true;
        Assert.Contains(" checked", await Draw(Field<CheckField, bool>("Remind me", () => Input.Remind)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Please enter an e-mail address such as name@example.org.", "Please enter 2 to 40 characters.", "Please fill this in.", "Please agree.")]
    [InlineData("de", "Bitte gib eine E-Mail-Adresse ein, etwa name@example.org.", "Bitte gib 2 bis 40 Zeichen ein.", "Bitte fülle dieses Feld aus.", "Please agree.")]
    public void Annotations_speak_the_readers_language(string language, string email, string name, string password, string agreed)
    {
        (_person.Email, _person.Name, _person.Password) = ("nobody", "A", " ");
        var context = new EditContext(_person);
        var texts = new TextLibrary(TextCatalog.ReadEmbedded(), TimeProvider.System, withPseudo: false).For(language, school: null);
        using var services = new ServiceCollection().BuildServiceProvider();
        using var validation = new FormValidation(context, new FormFields("test"), errors: null, texts, services);

        Assert.False(context.Validate());
        Assert.Equal([email], context.GetValidationMessages(context.Field(nameof(Person.Email))));
        Assert.Equal([name], context.GetValidationMessages(context.Field(nameof(Person.Name))));
        Assert.Equal([password], context.GetValidationMessages(context.Field(nameof(Person.Password))));
        Assert.Equal([agreed], context.GetValidationMessages(context.Field(nameof(Person.Agreed))));
        Assert.Equal(["Too young for that."], context.GetValidationMessages(context.Field(nameof(Person.Born))));
    }

    [Theory]
    [InlineData("test", "abc", "abc")]
    [InlineData("test", "12", "20")]
    [InlineData("another", "abc", "20")]
    public async Task A_number_that_cannot_be_read_is_shown_again_as_it_was_typed(string form, string typed, string shown)
    {
        var html = await Draw(Field<NumberField<int>, int>("Age", () => Input.Age), new() { ["_handler"] = form, ["Input.Age"] = typed });
        Assert.Contains($"value=\"{shown}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_may_be_missing_may_be_posted_empty()
    {
        _person.Born = new DateOnly(2012, 3, 4);
        var html = await Draw(Field<DateField, DateOnly?>("Born", () => Input.Born), new() { ["_handler"] = "test", ["Input.Born"] = "" });
        Assert.Contains("value=\"2012-03-04\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticked_box_that_is_posted_is_ticked_again()
    {
        _person.Remind = true;
        var html = await Draw(Field<CheckField, bool>("Remind me", () => Input.Remind), new() { ["_handler"] = "test", ["Input.Remind"] = "true" });
        Assert.Contains(" checked", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", "Please check the format of this entry.")]
    [InlineData(" ", "Please fill this in.")]
    public void A_value_that_cannot_be_read_is_never_taken_for_zero(string typed, string message)
    {
        var context = new EditContext(_person);
        var fields = new FormFields("test");
        fields.Unreadable[context.Field(nameof(Person.Age))] = typed;
        var texts = new TextLibrary([], TimeProvider.System, withPseudo: false).For(Language.English, school: null);
        using var services = new ServiceCollection().BuildServiceProvider();
        using var validation = new FormValidation(context, fields, errors: null, texts, services);

        Assert.False(context.Validate());
        Assert.Equal([message], context.GetValidationMessages(context.Field(nameof(Person.Age))));
    }

    private Task<string> Draw(RenderFragment field, Dictionary<string, string>? posted = null) => Rendered.Html(builder =>
    {
        builder.OpenComponent<Form>(0);
        builder.AddAttribute(1, nameof(Form.Name), "test");
        builder.AddAttribute(2, nameof(Form.Model), _person);
        builder.AddAttribute(3, nameof(Form.Errors), _errors);
        builder.AddAttribute(4, nameof(Form.ChildContent), field);
        builder.CloseComponent();
    }, posted: posted);

    // As Razor writes @bind-Value="Input.X".
    private RenderFragment Field<TField, TValue>(string label, Expression<Func<TValue>> value, params (string Name, object Value)[] attributes)
        where TField : FormField<TValue> => (RenderTreeBuilder builder) =>
    {
        builder.OpenComponent<TField>(0);
        builder.AddMultipleAttributes(1, new Dictionary<string, object>
        {
            ["Label"] = label,
            ["Value"] = value.Compile()()!,
            ["ValueChanged"] = EventCallback.Factory.Create<TValue>(this, _ => { }),
            ["ValueExpression"] = value,
        });
        builder.AddMultipleAttributes(2, attributes.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Value)));
        builder.CloseComponent();
    };

    private enum Level
    {
        Light,
        Deep,
    }

    private sealed class Person : IValidatableObject
    {
        [Required, EmailAddress] public string? Email { get; set; }

        [StringLength(40, MinimumLength = 2)] public string? Name { get; set; }

        [Required, MinLength(10)] public string? Password { get; set; }

        [Range(6, 120)] public int Age { get; set; } = 20;

        [Range(typeof(bool), "true", "true", ErrorMessage = "Please agree.")] public bool Agreed { get; set; }

        public Level Level { get; set; }

        public DateOnly? Born { get; set; }

        public DateTime? Starts { get; set; }

        public bool Remind { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [new("Too young for that.", [nameof(Born)])];
    }
}
