using Infra.Configuration.Extensions;
using Infra.Constructs.Permissions;

namespace Infra.Constructs.Extensions;

/// <summary>Resources that a team adds without editing the platform; derive from <see cref="Extension{TConfig}"/>.</summary>
internal abstract class Extension(string name, Type section)
{
    /// <summary>Key of its section in <c>extensions</c> of an environment file.</summary>
    public string Name { get; } = name;

    /// <summary>Type of its section.</summary>
    public Type Section { get; } = section;

    /// <summary>
    /// Permissions for resource types that the platform does not know: what Terraform's provider calls (<see cref="Access.Read"/>,
    /// <see cref="Access.Write"/>), and what roles of applications may call (<see cref="Access.Use"/>). The roles that plan and apply get
    /// them, and the permissions boundary, where such a resource is in use.
    /// </summary>
    public virtual IEnumerable<TypePermissions> Permissions(OwnResources own) => [];

    /// <summary>Adds its resources to the base stack.</summary>
    public abstract void AddToBase(BaseExtensionScope scope, ExtensionConfig config);

    /// <summary>Adds its resources to the runtime stack.</summary>
    public abstract void AddToRuntime(RuntimeExtensionScope scope, ExtensionConfig config);
}

/// <summary>An extension with the section <typeparamref name="TConfig"/>. A public constructor without parameters is required.</summary>
/// <param name="name">Key of its section in <c>extensions</c>: lower-case letters, digits and inner hyphens.</param>
internal abstract class Extension<TConfig>(string name) : Extension(name, typeof(TConfig)) where TConfig : ExtensionConfig
{
    /// <summary>Resources that hold data, are slow to create, or are roles.</summary>
    protected virtual void Base(BaseExtensionScope scope, TConfig config)
    {
    }

    /// <summary>Resources that are charged per hour and can be recreated.</summary>
    protected virtual void Runtime(RuntimeExtensionScope scope, TConfig config)
    {
    }

    public sealed override void AddToBase(BaseExtensionScope scope, ExtensionConfig config) => Base(scope, (TConfig)config);

    public sealed override void AddToRuntime(RuntimeExtensionScope scope, ExtensionConfig config) => Runtime(scope, (TConfig)config);
}
