using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace JobWatcher.Storage.Sqlite;

/// <summary>Brings a store's schema up to date by the numbered scripts of <c>Storage/Migrations/Sqlite</c>.</summary>
internal static class SqliteMigrations
{
    private const string Folder = "Storage/Migrations/Sqlite/";

    /// <summary>How a store's schema compares with this version's.</summary>
    /// <param name="connection">A connection to a store of ours.</param>
    public static SchemaAge AgeOf(SqliteConnection connection)
    {
        var known = ScriptNames().ToHashSet(StringComparer.Ordinal);
        var hasJournal = connection.QuerySingle<bool>("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'SchemaVersions'");
        var seen = hasJournal
            ? connection.Query<string>("SELECT ScriptName FROM SchemaVersions").ToHashSet(StringComparer.Ordinal)
            : [];
        return !seen.IsSubsetOf(known) ? SchemaAge.Newer : seen.SetEquals(known) ? SchemaAge.Current : SchemaAge.Older;
    }

    /// <summary>Refuses a store of a newer version, and changes nothing.</summary>
    /// <exception cref="StoreException">The store has seen scripts that this version does not have.</exception>
    public static void RefuseNewer(SqliteConnection connection, string path)
    {
        if (AgeOf(connection) == SchemaAge.Newer)
        {
            throw new StoreException(
                $"The store {path} was written by a newer version of JobWatcher: run that version, "
                + "or restore a backup made before the upgrade.");
        }
    }

    /// <summary>Runs the scripts that the store has not seen, all in one transaction.</summary>
    /// <exception cref="StoreException">A script failed.</exception>
    public static void Apply(SqliteConnection connection, string path)
    {
        var result = DeployChanges.To.SqliteDatabase(new SharedConnection(connection))
            .WithScripts(Scripts())
            .WithVariablesDisabled()
            .WithTransaction()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            // A script that does not fit the schema that it finds: neither a disk nor a lock is the cause.
            throw result.Error is SqliteException fault && fault.SqliteErrorCode != raw.SQLITE_ERROR
                ? SqliteFault.Tell(path, fault)
                : new StoreException(
                    $"The store {path} cannot be brought up to date ({result.ErrorScript?.Name}): "
                    + "go back to the version that wrote it.",
                    result.Error);
        }
    }

    // The journal knows scripts by file name alone, so that moving code does not run them again.
    private static IEnumerable<string> ScriptNames() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(name => name[Folder.Length..])
        .Order(StringComparer.Ordinal);

    private static IEnumerable<SqlScript> Scripts() => ScriptNames().Select(name =>
        SqlScript.FromStream(name, Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name)));
}
