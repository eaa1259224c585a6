package io.agora.media;

import io.agora.token.AgoraTokenException;
import io.agora.token.OfficialBuilders;
import java.util.ArrayList;
import java.util.List;

/** What the official {@link AccessToken2} does. Programs use that. */
public abstract class AccessToken2Base {
  private static final String VERSION = "007";

  public String appCert = "";
  public String appId = "";
  public int expire;
  public int issueTs;
  public int salt;
  public List<AccessToken2.Service> services = new ArrayList<>();

  /** What was read, if anything. */
  private io.agora.token.AccessToken2.Unverified read;

  AccessToken2Base() {}

  AccessToken2Base(String appId, String appCert, int expire) {
    this.appCert = appCert;
    this.appId = appId;
    this.expire = expire;
    this.issueTs = Utils.getTimestamp();
    this.salt = Utils.randomInt();
  }

  public abstract AccessToken2.Service getService(short serviceType);

  public void addService(AccessToken2.Service service) {
    services.add(service);
  }

  public List<AccessToken2.Service> getServices(short serviceType) {
    List<AccessToken2.Service> result = new ArrayList<>(services);
    result.removeIf(service -> service.getServiceType() != serviceType);
    return result;
  }

  /** The token; an empty text without services, or where App ID or certificate is none. */
  public String build() throws Exception {
    if (!Utils.isUUID(appId) || !Utils.isUUID(appCert) || services.isEmpty()) {
      return "";
    }
    List<byte[]> packed = new ArrayList<>();
    services.forEach(service -> packed.add(service.pack(new ByteBuf()).asBytes()));
    return OfficialBuilders.buildPacked(appId, appCert, issueTs, expire, salt, packed);
  }

  public byte[] getSign() throws Exception {
    return getSign(appCert);
  }

  public byte[] getSign(String appCertificate) throws Exception {
    byte[] signing = Utils.hmac(new ByteBuf().put(issueTs).asBytes(), Utils.utf8(appCertificate));
    return Utils.hmac(new ByteBuf().put(salt).asBytes(), signing);
  }

  public static String getUidStr(int uid) {
    return uid == 0 ? "" : Integer.toUnsignedString(uid);
  }

  public static String getVersion() {
    return VERSION;
  }

  /** Reads a token, as far as its services are known; whether it could. */
  public boolean parse(String token) {
    appId = "";
    issueTs = 0;
    expire = 0;
    salt = 0;
    services.clear();
    read = null;
    try {
      var found = io.agora.token.AccessToken2.parse(token);
      ByteBuf buf = new ByteBuf(found.getPayload());
      buf.readBytes();
      String id = buf.readString();
      int[] numbers = {buf.readInt(), buf.readInt(), buf.readInt()};
      for (int left = Short.toUnsignedInt(buf.readShort()); left > 0; left--) {
        AccessToken2.Service service = getService(buf.readShort());
        if (service == null) {
          break;
        }
        service.unpack(buf);
        services.add(service);
      }
      appId = id;
      issueTs = numbers[0];
      expire = numbers[1];
      salt = numbers[2];
      read = found;
      return true;
    } catch (RuntimeException error) {
      services.clear();
      return false;
    }
  }

  /** Whether the holder of the certificate signed the token that was read. */
  public boolean verifySignature(String appCertificate) {
    try {
      return read != null && read.verifySignature(appCertificate);
    } catch (AgoraTokenException error) {
      return false;
    }
  }
}
