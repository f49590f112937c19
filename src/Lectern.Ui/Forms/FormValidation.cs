using System.ComponentModel.DataAnnotations;
using Lectern.Platform.Localization;
using Microsoft.AspNetCore.Components.Forms;

namespace Lectern.Ui.Forms;

/// <summary>
/// Checks a form's model by its annotations and <see cref="IValidatableObject"/>, with translated messages. Stands in for the framework's
/// DataAnnotationsValidator, whose messages are English only, and for its report of values that could not be read: in .NET 10 that one
/// forgets the field where the page names its form, so that "abc" would be saved as 0.
/// </summary>
internal sealed class FormValidation : IDisposable
{
    private readonly EditContext _context;
    private readonly ValidationMessageStore _store;
    private readonly IServiceProvider _services;
    private readonly FormFields _fields;
    private readonly FormErrors? _errors;
    private readonly Texts _texts;

    public FormValidation(EditContext context, FormFields fields, FormErrors? errors, Texts texts, IServiceProvider services)
    {
        (_context, _fields, _errors, _texts, _services) = (context, fields, errors, texts, services);
        _store = new ValidationMessageStore(context);
        _context.OnValidationRequested += Validate;
        if (_errors is not null)
            _errors.Changed += ShowErrors;
        AddErrors();
    }

    public void Dispose()
    {
        _context.OnValidationRequested -= Validate;
        if (_errors is not null)
            _errors.Changed -= ShowErrors;
    }

    private void Validate(object? sender, ValidationRequestedEventArgs args)
    {
        _store.Clear();
        AddErrors();
        foreach (var (name, property) in FormRules.Of(_context.Model.GetType()))
            Check(name, property);
        if (_context.Model is IValidatableObject model)
            CheckWhole(model);
        _context.NotifyValidationStateChanged();
    }

    private void Check(string name, FormProperty property)
    {
        if (_fields.Unreadable.TryGetValue(_context.Field(name), out var typed))
        {
            _store.Add(_context.Field(name), string.IsNullOrWhiteSpace(typed) ? _texts["Please fill this in."] : _texts["Please check the format of this entry."]);
            return;
        }
        var value = property.Property.GetValue(_context.Model);
        var about = new ValidationContext(_context.Model, _services, items: null) { MemberName = name };
        var broken = property.Rules.FirstOrDefault(rule => rule.GetValidationResult(value, about) != ValidationResult.Success);
        if (broken is not null)
            _store.Add(_context.Field(name), AnnotationMessages.For(broken, _texts));
    }

    private void CheckWhole(IValidatableObject model)
    {
        foreach (var problem in model.Validate(new ValidationContext(model, _services, items: null)))
        {
            foreach (var member in problem.MemberNames.DefaultIfEmpty(""))
                _store.Add(_context.Field(member), _texts[problem.ErrorMessage ?? "Please check this entry."]);
        }
    }

    private void ShowErrors(object? sender, EventArgs args)
    {
        var (field, message) = _errors!.Messages[^1]; // raised only by an addition to the errors that are there
        _store.Add(_context.Field(field), message);
        _context.NotifyValidationStateChanged();
    }

    private void AddErrors()
    {
        foreach (var (field, message) in _errors?.Messages ?? [])
            _store.Add(_context.Field(field), message);
    }
}
