package io.agora.media;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** The official mechanism of AccessToken (006), under its official name. */
public class AccessToken {
  private static final String VER = "006";
  private static final int DAY = 24 * 3600;

  public String appId;
  public String appCertificate;
  public String channelName;
  public String uid;
  public byte[] signature;
  public byte[] messageRawContent;
  public int crcChannelName;
  public int crcUid;
  public PrivilegeMessage message = new PrivilegeMessage();
  public int expireTimestamp;

  /** What a token may grant. */
  public enum Privileges {
    kJoinChannel(1),
    kPublishAudioStream(2),
    kPublishVideoStream(3),
    kPublishDataStream(4),
    kRtmLogin(1000);

    public short intValue;

    Privileges(int value) {
      intValue = (short) value;
    }
  }

  public AccessToken(String appId, String appCertificate, String channelName, String uid) {
    this.appId = appId;
    this.appCertificate = appCertificate;
    this.channelName = channelName;
    this.uid = uid;
  }

  /** The token; an empty text where App ID or certificate is none. */
  public String build() throws Exception {
    if (!Utils.isUUID(appId) || !Utils.isUUID(appCertificate)) {
      return "";
    }
    var token = new io.agora.token.AccessToken(appId, appCertificate, channelName, uid);
    token.setSalt(Integer.toUnsignedLong(message.salt));
    token.setExpiresAt(Integer.toUnsignedLong(message.ts));
    message.messages.forEach(
        (privilege, end) ->
            token.addPrivilege(Short.toUnsignedInt(privilege), Integer.toUnsignedLong(end)));
    String built = token.build();
    read(io.agora.token.AccessToken.parse(built));
    return built;
  }

  public void addPrivilege(Privileges privilege, int expireTimestamp) {
    message.messages.put(privilege.intValue, expireTimestamp);
  }

  public static String getVersion() {
    return VER;
  }

  public static byte[] generateSignature(
      String appCertificate, String appID, String channelName, String uid, byte[] message)
      throws Exception {
    ByteBuf signed = new ByteBuf().copy(Utils.utf8(appID + channelName + uid)).copy(message);
    return Utils.hmacSign(appCertificate, signed.asBytes());
  }

  /** Reads a token; whether it could. */
  public boolean fromString(String token) {
    try {
      var found = io.agora.token.AccessToken.parse(token);
      appId = new String(found.getAppId().getBytes(), StandardCharsets.UTF_8);
      read(found);
      message.salt = (int) found.getSalt();
      message.ts = (int) found.getExpiresAt();
      message.messages.clear();
      found
          .getPrivileges()
          .forEach(
              (privilege, end) -> message.messages.put(privilege.shortValue(), end.intValue()));
      return true;
    } catch (io.agora.token.AgoraTokenException error) {
      return false;
    }
  }

  private void read(io.agora.token.AccessToken.Unverified found) {
    signature = found.getSignature();
    messageRawContent = found.getMessage();
    crcChannelName = (int) found.getChannelCrc();
    crcUid = (int) found.getUserCrc();
  }

  /** What is signed beside channel and user. */
  public class PrivilegeMessage implements PackableEx {
    public int salt = Utils.randomInt();
    public int ts = Utils.getTimestamp() + DAY;
    public TreeMap<Short, Integer> messages = new TreeMap<>();

    @Override
    public ByteBuf marshal(ByteBuf out) {
      return out.put(salt).put(ts).putIntMap(messages);
    }

    @Override
    public void unmarshal(ByteBuf in) {
      salt = in.readInt();
      ts = in.readInt();
      messages = in.readIntMap();
    }
  }

  /** What follows the App ID. */
  public class PackContent implements PackableEx {
    public byte[] signature;
    public int crcChannelName;
    public int crcUid;
    public byte[] rawMessage;

    public PackContent() {}

    public PackContent(byte[] signature, int crcChannelName, int crcUid, byte[] rawMessage) {
      this.signature = signature;
      this.crcChannelName = crcChannelName;
      this.crcUid = crcUid;
      this.rawMessage = rawMessage;
    }

    @Override
    public ByteBuf marshal(ByteBuf out) {
      return out.put(signature).put(crcChannelName).put(crcUid).put(rawMessage);
    }

    @Override
    public void unmarshal(ByteBuf in) {
      signature = in.readBytes();
      crcChannelName = in.readInt();
      crcUid = in.readInt();
      rawMessage = in.readBytes();
    }
  }
}
