import static java.net.StandardProtocolFamily.UNIX;

import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** Connects to the Unix socket that is named, and prints what is said there. */
void main(String... socket) throws Exception {
    try (var channel = SocketChannel.open(UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(socket[0]));
        Channels.newInputStream(channel).transferTo(System.out);
    }
}
