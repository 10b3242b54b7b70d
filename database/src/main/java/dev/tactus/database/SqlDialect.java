package dev.tactus.database;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// What differs between the databases that a schema can live in. Everything else is SQL that both understand.
///
/// Migrations are written for SQLite; another dialect translates them.
interface SqlDialect {
    DatabaseAddress address();

    /// What the database is called.
    String product();

    /// What a refused statement means to whoever runs the program.
    RuntimeException failure(SQLException e);

    /// What a disk that refuses comes to.
    DatabaseUnavailable unavailable(IOException e);

    /// What a value comes to that this program would never have written there.
    DatabaseUnavailable misread(String table, RuntimeException e);

    /// What a person wants to know of the place beside its address, behind a comma; nothing for a file.
    ///
    /// @throws DatabaseFailure if it can't be used
    String about();

    /// Refuses what this program can't read, before anything is changed.
    ///
    /// @return whether there is one of the schema at all
    boolean check();

    /// Makes an empty one where there is none.
    void create();

    /// A connection that writes.
    SqlSession writer();

    /// A connection that reads, each transaction at one moment.
    SqlSession reader();

    /// Refuses an older version, which a reader can't bring up to date.
    void requireCurrent(SqlSession reader);

    /// Creates the tables, or brings them up to date, all or nothing.
    void bringUpToDate(Database database);

    /// Takes the lock for this process.
    DatabaseLock lock(DatabaseLock.Kind kind, String command, Instant since);

    /// Whether several connections write at a time.
    boolean manyWrite();

    /// An expression for the database's own clock, in microseconds since 1970.
    String now();

    /// An expression for the moment since which the server runs, likewise; 0 where there is none.
    String startedAt();

    /// An expression that names the connection it is asked on.
    String session();

    /// A query for the names of all connections that there are.
    String sessions();

    /// What stands behind a SELECT of rows that nobody else shall take: others pass them over.
    String skipLocked();

    /// What is wrong with the database when all of it is read; nothing where it is sound.
    List<String> faults(Database database);

    /// Refuses to go on where pages are damaged, read or not; looks at those of a file that is not larger than this.
    ///
    /// @throws DatabaseUnavailable if one is
    void requireSound(Database database, long mostBytes);

    /// A transaction of a writer has begun. When this returns nobody else writes until it ends.
    void begun(SqlSession writer);

    /// The tables of the schema, by name.
    List<String> tables(SqlSession session);

    /// The columns of a table, in their order.
    List<TableColumn> columns(SqlSession session, String table);

    /// An expression for the hex digits, in upper case, of bytes.
    String hex(String bytes);

    /// An expression for the bytes that hex digits stand for.
    String unhex(String digits);

    /// Lets references be checked at the end of this transaction.
    void deferReferences(SqlSession session);

    /// Lets nothing stay of what this transaction deletes, as far as the database can promise that.
    void eraseDeleted(SqlSession session);

    /// After rows were written with numbers of their own: new rows get higher ones.
    void numberOn(SqlSession session, String table);

    /// A text that differs once anything was committed; nothing where a file says so itself.
    String mark(SqlSession reader);

    /// How many rows are fetched from a server at once; 0 where rows are not sent.
    int fetchSize();

    /// A text as it can be kept.
    String kept(String text);

    /// A text as it was.
    String original(String kept);
}
