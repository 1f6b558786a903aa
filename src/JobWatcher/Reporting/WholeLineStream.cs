namespace JobWatcher.Reporting;

/// <summary>
/// Keeps a line that could not be written whole, as on a disk that fills, from spoiling the next one: what is left of it is ended
/// before anything else is written. Where nothing is left of it, that makes an empty line.
/// </summary>
/// <param name="output">Where the lines go.</param>
internal sealed class WholeLineStream(Stream output) : Stream
{
    private bool _isCut;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isCut)
        {
            output.Write("\n"u8);
        }

        // How much of it was written before it failed, nobody tells.
        _isCut = true;
        output.Write(buffer);
        _isCut = false;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => output.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            output.Dispose();
        }

        base.Dispose(disposing);
    }
}
