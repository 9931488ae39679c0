using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Npgsql;

namespace App.Infrastructure.Store;

/// <summary>Compiles, once a record type and column order, the call that makes a record from a row.</summary>
static class RowReader<T>
{
    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Func<NpgsqlDataReader, T>> Readers = new();

    public static Func<NpgsqlDataReader, T> For(NpgsqlDataReader rows)
    {
        var columns = Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToArray();
        return Readers.GetOrAdd(string.Join(',', columns), _ => Compile(columns));
    }

    static Func<NpgsqlDataReader, T> Compile(string[] columns)
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader));
        if (IsPlain(typeof(T))) return Expression.Lambda<Func<NpgsqlDataReader, T>>(Read(row, typeof(T), 0), row).Compile();
        var constructor = typeof(T).GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var arguments = constructor.GetParameters().Select(p => Read(row, p.ParameterType, Ordinal(columns, p)));
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(Expression.New(constructor, arguments), row).Compile();
    }

    static int Ordinal(string[] columns, ParameterInfo parameter)
    {
        var name = Snake(parameter.Name!);
        var at = Array.FindIndex(columns, c => c.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at >= 0 ? at : throw new InvalidOperationException($"{typeof(T).Name} wants a column {name}; the query has {string.Join(", ", columns)}.");
    }

    static Expression Read(Expression row, Type type, int ordinal)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        Expression value = inner.IsEnum
            ? Expression.Convert(Expression.Call(row, nameof(NpgsqlDataReader.GetInt32), null, Expression.Constant(ordinal)), inner)
            : Expression.Call(row, nameof(NpgsqlDataReader.GetFieldValue), [inner], Expression.Constant(ordinal));
        if (type.IsValueType && inner == type) return value;
        if (inner != type) value = Expression.Convert(value, type);
        return Expression.Condition(Expression.Call(row, nameof(NpgsqlDataReader.IsDBNull), null, Expression.Constant(ordinal)), Expression.Default(type), value);
    }

    static bool IsPlain(Type type) => type.IsPrimitive || type == typeof(string) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(decimal) || type == typeof(byte[]) || Nullable.GetUnderlyingType(type) is not null;

    static string Snake(string pascal)
    {
        var text = new StringBuilder();
        foreach (var c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
