package dev.tactus.reports.workbook;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Markup read from beginning to end, without entities of its own: they could name files, or grow without bound.
/// Not thread-safe.
final class XmlStream implements Closeable {
    private static final int LONGEST_TEXT = 1 << 20;

    private final InputStream in;
    private final XMLStreamReader reader;

    XmlStream(InputStream in) throws IOException, XMLStreamException {
        this.in = in;
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        try {
            this.reader = factory.createXMLStreamReader(in);
        } catch (XMLStreamException e) {
            in.close();
            throw e;
        }
    }

    /// Moves to the next element's begin or end, past text between them.
    ///
    /// @return false at the end of all
    boolean next() throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                return true;
            }
        }
        return false;
    }

    /// Whether it stands at the begin of an element of this name, whatever its namespace.
    boolean begins(String name) {
        return reader.getEventType() == XMLStreamConstants.START_ELEMENT
                && reader.getLocalName().equals(name);
    }

    boolean ends(String name) {
        return reader.getEventType() == XMLStreamConstants.END_ELEMENT
                && reader.getLocalName().equals(name);
    }

    /// Whether an element of any name begins.
    boolean begins() {
        return reader.getEventType() == XMLStreamConstants.START_ELEMENT;
    }

    String name() {
        return reader.getLocalName();
    }

    /// By its local name, whatever its namespace.
    Optional<String> attribute(String name) {
        return Optional.ofNullable(find(name));
    }

    @Nullable
    String find(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /// All text within the element it stands at, but not that of the elements named; it then stands at its end.
    String text(String... without) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        while (depth > 0) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (isOneOf(without)) {
                        skip();
                    } else {
                        text.append(spaces());
                        depth++;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.END_DOCUMENT -> throw new XMLStreamException("it ends within a cell");
                default -> {}
            }
            if (text.length() > LONGEST_TEXT) {
                throw new XMLStreamException("a cell is longer than a million characters");
            }
        }
        return text.toString();
    }

    /// What OpenDocument has elements for: several spaces in a row, tabs, line breaks.
    private String spaces() {
        return switch (reader.getLocalName()) {
            case "s" ->
                " "
                        .repeat(attribute("c")
                                .filter(count -> count.matches("[0-9]{1,4}"))
                                .map(Integer::parseInt)
                                .orElse(1));
            case "tab", "line-break" -> " ";
            default -> "";
        };
    }

    private boolean isOneOf(String... names) {
        for (String name : names) {
            if (reader.getLocalName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /// Past all that is within the element it stands at.
    void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0 && reader.hasNext(); ) {
            int event = reader.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new BrokenWorkbook(String.valueOf(e.getMessage()), e);
        } finally {
            in.close();
        }
    }
}
